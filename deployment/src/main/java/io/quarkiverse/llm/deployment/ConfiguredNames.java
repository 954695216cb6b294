package io.quarkiverse.llm.deployment;

import java.util.ArrayList;
import java.util.SortedSet;

import org.eclipse.microprofile.config.ConfigProvider;

import io.quarkiverse.llm.runtime.config.LlmRuntimeConfig;
import io.quarkiverse.llm.runtime.config.ReservedNames;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;

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
        // the run-time mapping is not registered with the build's own configuration
        SmallRyeConfigBuilder builder = new SmallRyeConfigBuilder()
                .forClassLoader(Thread.currentThread().getContextClassLoader())
                .addDiscoveredConverters()
                .addDefaultInterceptors()
                .withProfiles(new ArrayList<>(build.getProfiles()))
                .withMapping(LlmRuntimeConfig.class)
                .withMappingIgnore("quarkus.**");
        build.getConfigSources().forEach(builder::withSources);
        return ReservedNames.without(builder.build().getConfigMapping(LlmRuntimeConfig.class).providers().keySet());
    }
}
