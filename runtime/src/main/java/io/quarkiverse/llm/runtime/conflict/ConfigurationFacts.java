package io.quarkiverse.llm.runtime.conflict;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

import io.quarkiverse.llm.LlmClient;
import io.quarkiverse.llm.runtime.config.LlmProviderConfig;
import io.quarkiverse.llm.runtime.config.LlmRuntimeConfig;
import io.quarkiverse.llm.runtime.config.ProviderSettings;
import io.quarkiverse.llm.runtime.config.SettingKey;
import io.quarkiverse.llm.runtime.config.SettingOrigin;
import io.quarkiverse.llm.runtime.config.SettingsResolver;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.SmallRyeConfig;

/**
 * The configuration as it is at the moment.
 *
 * @param values of all keys and environment variables that look like ours, by the name that the source gives them; those that
 *        somebody has written, not defaults, those of extensions among them, nor what the Dev Service says of itself
 * @param resolved settings of the providers that exist by configuration and whose settings are right
 */
public record ConfigurationFacts(SortedMap<String, ConfigValue> values, LlmRuntimeConfig config, SettingsResolver resolver,
        SortedMap<String, ProviderSettings> resolved) {

    static final String PREFIX = "quarkus.llm.";
    static final String ENVIRONMENT_PREFIX = "QUARKUS_LLM_";

    /**
     * @param resolver of the same configuration
     */
    public static ConfigurationFacts of(SmallRyeConfig config, SettingsResolver resolver) {
        SortedMap<String, ConfigValue> values = new TreeMap<>();
        for (String name : config.getPropertyNames()) {
            if (name.startsWith(PREFIX) || name.startsWith(ENVIRONMENT_PREFIX)) {
                ConfigValue value = config.getConfigValue(name);
                if (isWritten(value)) {
                    values.put(name, value);
                }
            }
        }
        return new ConfigurationFacts(Collections.unmodifiableSortedMap(values),
                config.getConfigMapping(LlmRuntimeConfig.class), resolver, resolved(resolver));
    }

    /** Neither a default nor what the Dev Service says of itself. */
    private static boolean isWritten(ConfigValue value) {
        return !value.isDefault() && value.getConfigSourceName() != null
                && !value.getConfigSourceName().startsWith("DevServices");
    }

    private static SortedMap<String, ProviderSettings> resolved(SettingsResolver resolver) {
        SortedMap<String, ProviderSettings> resolved = new TreeMap<>();
        for (String name : resolver.names()) {
            try {
                resolved.put(name, resolver.settings(name));
            } catch (ConfigurationException e) {
                // the start fails with that sentence
                continue;
            }
        }
        return Collections.unmodifiableSortedMap(resolved);
    }

    /** What is said of a provider that is in the configuration. */
    public LlmProviderConfig provider(String name) {
        return config.providers().get(name);
    }

    /** The provider that is put behind the default one. */
    public Optional<String> active() {
        return config.active();
    }

    /** A key that is set, and where. */
    public Optional<Side> side(String key) {
        return Optional.ofNullable(values.get(key)).map(value -> new Side(key, SettingOrigin.of(value)));
    }

    /** A setting that is set, and where. */
    public Optional<Side> side(String provider, String member) {
        return side(new SettingKey(provider, member).property());
    }

    /** The keys that make the configuration claim this name, where somebody has set them. */
    public List<Side> claims(String provider) {
        List<String> members = new ArrayList<>(List.of("base-url", "preset"));
        if (provider.equals(LlmClient.DEFAULT)) {
            members.add("api-key");
        }
        return members.stream().flatMap(member -> side(provider, member).stream()).toList();
    }

    /** Or from a file {@code .env}. */
    static boolean isFromEnvironment(ConfigValue value) {
        return value.getConfigSourceName().startsWith("EnvConfigSource");
    }
}
