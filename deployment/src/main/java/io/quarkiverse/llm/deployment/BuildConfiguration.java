package io.quarkiverse.llm.deployment;

import java.util.SortedSet;
import java.util.stream.StreamSupport;

import io.quarkiverse.llm.runtime.config.ConfigCopy;
import io.quarkiverse.llm.runtime.config.LlmRuntimeConfig;
import io.quarkiverse.llm.runtime.config.OpenAiEnvironment;
import io.quarkiverse.llm.runtime.config.ReservedNames;
import io.quarkiverse.llm.runtime.config.SettingsResolver;
import io.quarkiverse.llm.runtime.conflict.ConfigurationFacts;
import io.quarkiverse.llm.runtime.conflict.RegistryNames;
import io.quarkus.runtime.LaunchMode;
import io.smallrye.config.SmallRyeConfig;

/**
 * The configuration as the build sees it. Run-time values are looked at, but nothing of them may get into the application.
 */
record BuildConfiguration(SmallRyeConfig config) {

    /** Java's own settings by that name, and no proxy at all, are there without being configured. */
    private static final String JAVA_TLS = "javax.net.ssl";
    private static final String NO_PROXY = "none";

    /** The keys of the provider map without reserved names. */
    SortedSet<String> names() {
        return ReservedNames.without(copy().getConfigMapping(LlmRuntimeConfig.class).providers().keySet());
    }

    ConfigurationFacts facts(LaunchMode mode) {
        SmallRyeConfig copy = copy();
        LlmRuntimeConfig mapping = copy.getConfigMapping(LlmRuntimeConfig.class);
        return ConfigurationFacts.of(copy,
                new SettingsResolver(mapping, OpenAiEnvironment.of(copy, mapping.openaiEnvironment(), mode)));
    }

    /** The run-time mapping is not registered with the build's own configuration. */
    private SmallRyeConfig copy() {
        return ConfigCopy.of(config, Thread.currentThread().getContextClassLoader());
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
