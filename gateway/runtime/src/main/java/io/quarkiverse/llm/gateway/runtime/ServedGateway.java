package io.quarkiverse.llm.gateway.runtime;

import io.quarkiverse.llm.gateway.runtime.config.LlmGatewayRuntimeConfig.Authentication;
import io.quarkiverse.llm.gateway.runtime.http.GatewayRoutes;

/**
 * The gateway of an application, as a bean.
 *
 * @param path below the root path of the application, without slashes at its ends
 * @param authentication who may use it
 * @param routes what is served there
 */
public record ServedGateway(String path, Authentication authentication, GatewayRoutes routes) {
}
