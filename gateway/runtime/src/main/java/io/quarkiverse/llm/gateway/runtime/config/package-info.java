/**
 * The configuration of the gateway.
 * <p>
 * May know Quarkus' configuration and the API alone. Start reading at
 * {@link io.quarkiverse.llm.gateway.runtime.config.LlmGatewayRuntimeConfig}.
 */
package io.quarkiverse.llm.gateway.runtime.config;
