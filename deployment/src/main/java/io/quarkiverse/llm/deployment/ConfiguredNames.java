package io.quarkiverse.llm.deployment;

import java.util.SortedSet;

import org.eclipse.microprofile.config.ConfigProvider;

import io.quarkiverse.llm.runtime.config.ConfigCopy;
import io.quarkiverse.llm.runtime.config.LlmRuntimeConfig;
import io.quarkiverse.llm.runtime.config.ReservedNames;
import io.smallrye.config.SmallRyeConfig;

/**
 * The provider names that stand in the configuration as the build sees it. Run-time values are read for their keys alone:
 * nothing of them may get into the application.
 */
final class ConfiguredNames {

    private ConfiguredNames() {
    }

    /** The keys of the provider map without reserved names. */
    static SortedSet<String> ofBuild() {
        return of(ConfigProvider.getConfig().unwrap(SmallRyeConfig.class));
    }

    static SortedSet<String> of(SmallRyeConfig build) {
        SmallRyeConfig copy = ConfigCopy.of(build, Thread.currentThread().getContextClassLoader());
        return ReservedNames.without(copy.getConfigMapping(LlmRuntimeConfig.class).providers().keySet());
    }
}
