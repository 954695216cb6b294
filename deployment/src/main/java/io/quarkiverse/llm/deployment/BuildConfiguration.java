package io.quarkiverse.llm.deployment;

import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

import org.jboss.logging.Logger;

import io.quarkiverse.llm.runtime.config.ConfigCopy;
import io.quarkiverse.llm.runtime.config.LlmRuntimeConfig;
import io.quarkiverse.llm.runtime.config.ReservedNames;
import io.quarkiverse.llm.runtime.config.SettingNames;
import io.quarkiverse.llm.runtime.config.SettingsResolver;
import io.quarkiverse.llm.runtime.config.Withheld;
import io.quarkiverse.llm.runtime.conflict.ConfigurationFacts;
import io.quarkiverse.llm.runtime.conflict.RegistryNames;
import io.quarkiverse.llm.runtime.conflict.WrittenKey;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.SmallRyeConfig;

/**
 * The configuration as the build sees it. Run-time values are looked at, but nothing of them may get into the application.
 */
record BuildConfiguration(SmallRyeConfig config) {

    private static final Logger LOG = Logger.getLogger(BuildConfiguration.class);
    private static final String PREFIX = "quarkus.llm.";

    /** Java's own settings by that name, and no proxy at all, are there without being configured. */
    private static final String JAVA_TLS = "javax.net.ssl";
    private static final String NO_PROXY = "none";

    /** The keys of the provider map without reserved names. */
    SortedSet<String> names() {
        return ReservedNames.without(copy().map(copy -> copy.getConfigMapping(LlmRuntimeConfig.class).providers().keySet())
                .orElseGet(this::writtenNames));
    }

    private Set<String> writtenNames() {
        SettingNames settings = SettingNames.ofMappings();
        return StreamSupport.stream(config.getPropertyNames().spliterator(), false)
                .filter(key -> key.startsWith(PREFIX)).map(WrittenKey::of).filter(key -> key.isKnown(settings))
                .map(key -> key.provider(settings)).collect(Collectors.toSet());
    }

    /** Empty where it cannot be read. */
    Optional<ConfigurationFacts> facts(LaunchMode mode) {
        return copy().map(copy -> ConfigurationFacts.of(copy, SettingsResolver.of(copy, mode, Withheld.NOTHING)));
    }

    /**
     * The run-time mapping is not registered with the build's own configuration. Empty where a value cannot be read: it may
     * refer to something that only the running application has.
     */
    private Optional<SmallRyeConfig> copy() {
        try {
            return Optional.of(ConfigCopy.of(config, Thread.currentThread().getContextClassLoader()));
        } catch (ConfigurationException | NoSuchElementException | IllegalArgumentException e) {
            LOG.debug("The build cannot read all values, and leaves it to the start to look for conflicts", e);
            return Optional.empty();
        }
    }

    /** Those that are configured; other extensions may bring more. */
    RegistryNames registries() {
        return new RegistryNames(name -> name.equals(JAVA_TLS) || isGroup("quarkus.tls.", name),
                name -> name.equals(NO_PROXY) || isGroup("quarkus.proxy.", name));
    }

    private boolean isGroup(String prefix, String name) {
        return StreamSupport.stream(config.getPropertyNames().spliterator(), false).anyMatch(
                key -> key.startsWith(prefix + name + ".") || key.startsWith(prefix + '"' + name + "\"."));
    }
}
