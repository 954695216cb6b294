package io.quarkiverse.llm.messaging.runtime.channel;

import java.util.Optional;

import io.quarkiverse.llm.messaging.MessageHeaders;

/**
 * Where a message stands among those of its answer.
 *
 * @param type of the payload, as the header has it
 * @param attempt counts from 1
 * @param worker whose attempt it is
 * @param sequence within the attempt, or {@link MessageHeaders#NO_SEQUENCE}
 */
public record MessageHead(String type, int attempt, Optional<String> worker, long sequence) {

    /** An event of an answer. */
    public boolean isEvent() {
        return type.equals("event");
    }

    /** There is no answer. */
    public boolean isFailure() {
        return type.equals("failure");
    }
}
