package io.quarkiverse.llm.runtime.config;

import io.quarkiverse.llm.LlmClient;

/**
 * A setting of a provider, as messages name it.
 *
 * @param provider the provider's name
 * @param member the part of the key after the provider, {@code api-key}
 */
public record SettingKey(String provider, String member) {

    /** Of the name of the provider that stands behind the default one. */
    public static final String ACTIVE = "quarkus.llm.active";

    private static final String PREFIX = "quarkus.llm.";

    /** {@code quarkus.llm.local.api-key}; a name with a dot stands in quotes. */
    public String property() {
        if (isDefault()) {
            return PREFIX + member;
        }
        return PREFIX + (provider.matches("[\\w-]+") ? provider : '"' + provider + '"') + "." + member;
    }

    /** {@code QUARKUS_LLM_LOCAL_API_KEY}. */
    public String environmentVariable() {
        return SettingOrigin.environmentVariable(PREFIX + (isDefault() ? "" : provider + ".") + member);
    }

    private boolean isDefault() {
        return provider.equals(LlmClient.DEFAULT);
    }

    /** How a provider is called in a sentence: {@code Provider 'local'}. */
    public static String subject(String provider) {
        return provider.equals(LlmClient.DEFAULT) ? "The default provider" : "Provider '" + provider + "'";
    }

    @Override
    public String toString() {
        return property();
    }
}
