/**
 * The routes of the gateway: how requests come in and answers go out over HTTP.
 * <p>
 * May know everything of the gateway but its start, the core's wire APIs and Vert.x. Start reading at
 * {@link io.quarkiverse.llm.gateway.runtime.http.GatewayRoutes}.
 */
package io.quarkiverse.llm.gateway.runtime.http;
