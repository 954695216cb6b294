package io.quarkiverse.llm.gateway.runtime.config;

import io.quarkus.runtime.annotations.ConfigPhase;
import io.quarkus.runtime.annotations.ConfigRoot;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** What the build decides of the gateway. */
@ConfigMapping(prefix = "quarkus.llm-gateway")
@ConfigRoot(phase = ConfigPhase.BUILD_TIME)
public interface LlmGatewayBuildConfig {

    /**
     * Whether the gateway is built into the application. Without it there are no routes.
     */
    @WithDefault("true")
    boolean enabled();

    /**
     * Where the routes are, below {@code quarkus.http.root-path}: {@code /v1} serves {@code /v1/responses},
     * {@code /v1/chat/completions} and {@code /v1/models}.
     */
    @WithDefault("/v1")
    String path();
}
