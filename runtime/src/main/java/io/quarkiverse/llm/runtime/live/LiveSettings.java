package io.quarkiverse.llm.runtime.live;

import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;

import io.quarkiverse.llm.LlmClient;
import io.quarkiverse.llm.runtime.config.LlmRuntimeConfig;
import io.quarkiverse.llm.runtime.config.ProviderSettings;
import io.quarkiverse.llm.runtime.config.SettingsResolver;
import io.quarkiverse.llm.runtime.config.Withheld;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.SmallRyeConfig;

/**
 * The settings of all providers at one time, made of the configuration and what was changed on top of it.
 *
 * @param config with the overrides
 * @param active the name of the provider that stands behind the default one
 */
record LiveSettings(SmallRyeConfig config, SettingsResolver resolver, Optional<String> active) {

    /**
     * @param configured a copy
     * @throws ConfigurationException with a sentence, when a value cannot be read
     */
    static LiveSettings of(Configured configured, Overrides overrides) {
        LiveSettings alone = of(configured.config(), Withheld.NOTHING);
        if (overrides.isEmpty()) {
            return alone;
        }
        LiveSettings together = of(configured.with(overrides), Withheld.NOTHING);
        Overrides kept = overrides.where((provider, key, override) -> !configured.names().isOfServer(key)
                || override.origin().equals(together.origin(provider)));
        return of(configured.with(kept), (provider, key) -> kept.find(provider, key).isEmpty()
                && !alone.origin(provider).equals(together.origin(provider)));
    }

    private static LiveSettings of(SmallRyeConfig config, Withheld withheld) {
        SettingsResolver resolver = SettingsResolver.of(config, LaunchMode.current(), withheld);
        return new LiveSettings(config, resolver, config.getConfigMapping(LlmRuntimeConfig.class).active());
    }

    /** Where requests of a provider go, empty when there is no such provider. */
    String origin(String provider) {
        return resolver.names().contains(provider) ? resolver.endpoint(provider).origin() : "";
    }

    /** The names of the providers that the configuration gives. */
    SortedSet<String> names() {
        SortedSet<String> names = resolver.names();
        active.ifPresent(behind -> names.add(LlmClient.DEFAULT));
        return names;
    }

    /**
     * Of all providers that are configured and needed.
     *
     * @param beans names of the providers that are beans of the application
     * @param absent names of providers that are not there in spite of their settings
     * @throws ConfigurationException with a sentence for each setting that is wrong
     */
    Collection<ProviderSettings> all(Set<String> beans, Set<String> absent) {
        SortedSet<String> names = resolver.names();
        names.removeAll(beans);
        names.removeAll(absent);
        if (active.isPresent()) {
            names.remove(LlmClient.DEFAULT);
        }
        return resolver.resolve(names).values();
    }
}
