/**
 * Who may use the gateway, and who it is that asks: found by an API key, by Quarkus' security, or not at all.
 * <p>
 * May know the configuration of the gateway, Vert.x Web and Quarkus' security. Start reading at
 * {@link io.quarkiverse.llm.gateway.runtime.access.Access}.
 */
package io.quarkiverse.llm.gateway.runtime.access;
