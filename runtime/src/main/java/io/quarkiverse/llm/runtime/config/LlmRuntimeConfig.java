package io.quarkiverse.llm.runtime.config;

import java.util.Map;
import java.util.Optional;

import io.quarkiverse.llm.LlmClient;
import io.quarkus.runtime.annotations.ConfigDocMapKey;
import io.quarkus.runtime.annotations.ConfigPhase;
import io.quarkus.runtime.annotations.ConfigRoot;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefaults;
import io.smallrye.config.WithParentName;
import io.smallrye.config.WithUnnamedKey;

/**
 * What the application says of its providers. A key of the map is not a provider yet: {@link SettingsResolver} tells which
 * ones are.
 */
@ConfigMapping(prefix = "quarkus.llm")
@ConfigRoot(phase = ConfigPhase.RUN_TIME)
public interface LlmRuntimeConfig {

    /**
     * The name of the provider that stands behind the default one. Without it the default provider is what
     * {@code quarkus.llm.base-url} and its neighbours say.
     */
    Optional<String> active();

    /**
     * Whether the default provider honours the environment variables {@code OPENAI_BASE_URL} and {@code OPENAI_API_KEY}. The
     * key goes only to the server of {@code OPENAI_BASE_URL}, or to OpenAI's own when no other is configured, never to the one
     * of {@code quarkus.llm.base-url}. The URL is not used where a key or a preset of the default provider is configured.
     * Without this setting they are honoured except in tests, so that no test reaches a paid
     * service by accident.
     */
    Optional<Boolean> openaiEnvironment();

    /**
     * The providers by name; the default provider has none.
     */
    @WithParentName
    @WithUnnamedKey(LlmClient.DEFAULT)
    @WithDefaults
    @ConfigDocMapKey("provider-name")
    Map<String, LlmProviderConfig> providers();
}
