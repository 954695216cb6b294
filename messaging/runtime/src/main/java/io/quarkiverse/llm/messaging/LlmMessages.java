package io.quarkiverse.llm.messaging;

import org.eclipse.microprofile.reactive.messaging.Message;

/**
 * Writes and reads messages of the contract, for applications that have channels of their own to workers. Inject it.
 * Thread-safe.
 */
public interface LlmMessages {

    /**
     * The message for an outgoing channel. It is acknowledged when it is written.
     *
     * @param channel the name of the channel, whose connector tells where headers go
     */
    Message<byte[]> write(String channel, LlmMessage message);

    /**
     * Reads a message of an incoming channel. Its payload is bytes, a string, a Vert.x buffer or a {@code JsonObject} of
     * Vert.x.
     *
     * @throws IllegalArgumentException with a sentence, when it is not a message of the contract
     */
    LlmMessage read(Message<?> message);
}
