package io.quarkiverse.llm.runtime.config;

import java.util.Optional;
import java.util.Set;

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
     * What becomes of conflicts between providers, such as two that claim one name or settings without an effect: {@code warn}
     * logs them, {@code fail} fails the build, or the start where it depends on the configuration of the running application,
     * {@code ignore} says nothing. Errors always fail: a provider that is injected but not configured, a name that is claimed
     * twice so that nothing says who goes first, a reserved name.
     */
    @WithDefault("warn")
    ConflictMode conflicts();

    /**
     * Ids of conflicts that are known and meant to be, as the report shows them: {@code never-used:local}. They are neither
     * logged nor do they fail anything; errors cannot be silenced. None is silenced unless set.
     */
    Optional<Set<String>> conflictsIgnore();

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
