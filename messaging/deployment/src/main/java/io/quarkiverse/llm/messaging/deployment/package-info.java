/**
 * Build steps of the messaging extension. Start reading at
 * {@link io.quarkiverse.llm.messaging.deployment.LlmMessagingProcessor}.
 */
package io.quarkiverse.llm.messaging.deployment;
