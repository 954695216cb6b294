package io.quarkiverse.llm.gateway.runtime.http;

/** The routes. */
public final class GatewayRoutes {
}
