/**
 * Puts the parts of the gateway together when the application starts.
 * <p>
 * May know everything. Start reading at {@link io.quarkiverse.llm.gateway.runtime.LlmGatewayRecorder}.
 */
package io.quarkiverse.llm.gateway.runtime;
