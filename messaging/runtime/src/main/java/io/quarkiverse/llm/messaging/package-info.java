/**
 * What an application sees of the messages between workers and those who ask them: the messages themselves, their headers,
 * and how they get on and off channels.
 * <p>
 * May know only the core's public API. Start reading at {@link io.quarkiverse.llm.messaging.LlmMessage}.
 */
package io.quarkiverse.llm.messaging;
