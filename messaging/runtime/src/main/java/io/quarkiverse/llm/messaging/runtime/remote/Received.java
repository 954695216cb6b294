package io.quarkiverse.llm.messaging.runtime.remote;

import org.eclipse.microprofile.reactive.messaging.Message;

import io.quarkiverse.llm.LlmEvent;
import io.quarkiverse.llm.messaging.LlmMessage;
import io.quarkiverse.llm.messaging.runtime.channel.MessageMapper;

/**
 * A message that nobody has read yet.
 *
 * @param size of its payload, in bytes
 */
record Received(Message<?> message, int size) {

    private static final byte[] NOTHING = {};

    /** Whether it is the last event of an answer, which its headers do not say. */
    boolean isEnd(MessageMapper mapper) {
        try {
            return mapper.read(message) instanceof LlmMessage.Event event
                    && event.event() instanceof LlmEvent.ResponseCompleted;
        } catch (IllegalArgumentException malformed) {
            // told when it is handed on, if it ever is
            return false;
        }
    }

    /** For a failure: nothing when even that cannot be read. */
    byte[] payload(MessageMapper mapper) {
        try {
            return mapper.payload(message);
        } catch (IllegalArgumentException noBytes) {
            return NOTHING;
        }
    }
}
