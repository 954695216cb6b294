package io.quarkiverse.llm;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a provider works with, for people to look at: secrets are masked.
 *
 * @param provider the name of the provider
 * @param server where it is, without a query; empty for a provider that is a bean
 * @param settings all that have a value, in alphabetical order; none of a provider that is a bean
 */
public record LlmProviderSettings(String provider, Optional<String> server, List<Setting> settings) {

    /**
     * One setting.
     *
     * @param key as in the configuration, after the name of the provider: {@code wire-api}
     * @param value as in the configuration; masked when it is secret
     * @param source where it comes from, for instance {@code application.properties:12}, {@code environment variable
     *        QUARKUS_LLM_MODEL}, {@code preset ollama}, {@code default value} or {@code changed at run time}
     */
    public record Setting(String key, String value, String source) {

        public Setting {
            Objects.requireNonNull(key, "key");
            Objects.requireNonNull(value, "value");
            Objects.requireNonNull(source, "source");
        }
    }

    public LlmProviderSettings {
        Objects.requireNonNull(provider, "provider");
        Objects.requireNonNull(server, "server");
        settings = List.copyOf(settings);
    }

    /** The setting with this key; empty when it has no value. */
    public Optional<Setting> find(String key) {
        return settings.stream().filter(setting -> setting.key().equals(key)).findFirst();
    }
}
