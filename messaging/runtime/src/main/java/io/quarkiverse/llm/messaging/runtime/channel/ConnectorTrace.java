package io.quarkiverse.llm.messaging.runtime.channel;

import java.util.Optional;

import io.quarkiverse.llm.messaging.MessageHeaders;

/**
 * Tells a connector that traces what it writes which trace a message is of: by the time it writes, the thread may have another.
 */
@FunctionalInterface
public interface ConnectorTrace {

    /** Nobody traces. */
    ConnectorTrace NONE = headers -> Optional.empty();

    /**
     * What to add to the metadata of a message, if anything. Called for each message, and must not block.
     *
     * @param headers of the message
     */
    Optional<Object> metadata(MessageHeaders headers);
}
