/**
 * The settings of workers and remote providers.
 * <p>
 * May know nothing of the house but the core's public API. Start reading at
 * {@link io.quarkiverse.llm.messaging.runtime.config.LlmMessagingRuntimeConfig}.
 */
package io.quarkiverse.llm.messaging.runtime.config;
