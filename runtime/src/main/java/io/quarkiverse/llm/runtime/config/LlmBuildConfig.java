package io.quarkiverse.llm.runtime.config;

import io.quarkus.runtime.annotations.ConfigGroup;
import io.quarkus.runtime.annotations.ConfigPhase;
import io.quarkus.runtime.annotations.ConfigRoot;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/**
 * What the build decides. Has no provider map, and no member name in common with {@link LlmProviderConfig}: the defaults of
 * this interface are property names too, and a shared one would be read as a provider.
 */
@ConfigMapping(prefix = "quarkus.llm")
@ConfigRoot(phase = ConfigPhase.BUILD_TIME)
public interface LlmBuildConfig {

    /**
     * The simulated provider.
     */
    DevServices devservices();

    /** The Dev Service. */
    @ConfigGroup
    interface DevServices {

        /**
         * Whether a simulated provider is started in development and test when the default provider is injected and nothing is
         * configured for it. It is a small server inside the build that answers like a language model without being one.
         */
        @WithDefault("true")
        boolean enabled();
    }
}
