package io.quarkiverse.llm.deployment;

import java.util.List;

import org.eclipse.microprofile.config.Config;

import io.quarkiverse.llm.LlmClient;
import io.quarkiverse.llm.runtime.config.OpenAiEnvironment;
import io.quarkiverse.llm.runtime.config.SettingKey;
import io.quarkus.runtime.LaunchMode;

/**
 * Whether the application gets a simulated provider: only where it asks for a default provider and nothing at all says which
 * one.
 */
record SimulationDecision(Config config, LaunchMode mode) {

    /** One of these is enough to say which provider is the default one. */
    static final List<String> SAYS_WHICH = List.of("quarkus.llm.base-url", "quarkus.llm.preset",
            "quarkus.llm.api-key", SettingKey.ACTIVE);

    boolean simulated(ProviderNames names) {
        return isPossible(names) && SAYS_WHICH.stream().noneMatch(this::isSet) && environment().isEmpty();
    }

    /** Whether the application asks for a default provider at all, and does not bring it itself. */
    static boolean isPossible(ProviderNames names) {
        return names.injected().contains(LlmClient.DEFAULT) && !names.bringsDefault();
    }

    private boolean isSet(String key) {
        return config.getOptionalValue(key, String.class).filter(value -> !value.isBlank()).isPresent();
    }

    private OpenAiEnvironment environment() {
        return OpenAiEnvironment.of(config, config.getOptionalValue("quarkus.llm.openai-environment", Boolean.class), mode);
    }
}
