/**
 * Puts the parts of the messaging extension together when the application starts.
 * <p>
 * May know everything. Start reading at {@link io.quarkiverse.llm.messaging.runtime.MessagingChannels}.
 */
package io.quarkiverse.llm.messaging.runtime;
