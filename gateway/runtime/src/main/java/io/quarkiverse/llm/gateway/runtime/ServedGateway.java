package io.quarkiverse.llm.gateway.runtime;

import java.util.Optional;

import io.quarkiverse.llm.gateway.runtime.config.LlmGatewayRuntimeConfig.Authentication;
import io.quarkiverse.llm.gateway.runtime.http.GatewayRoutes;
import io.quarkiverse.llm.gateway.runtime.store.StateStore;

/**
 * The gateway of an application, as a bean.
 *
 * @param path below the root path of the application, without slashes at its ends
 * @param authentication who may use it
 * @param routes what is served there
 * @param store where responses are kept; empty when they are not
 */
public record ServedGateway(String path, Authentication authentication, GatewayRoutes routes, Optional<StateStore> store) {
}
