/**
 * The build steps of the gateway. Start reading at {@link io.quarkiverse.llm.gateway.deployment.LlmGatewayProcessor}.
 */
package io.quarkiverse.llm.gateway.deployment;
