package io.quarkiverse.llm.messaging.runtime.channel;

import io.quarkiverse.llm.messaging.MessageHeaders;

/**
 * A message whose payload nobody has read yet.
 *
 * @param type of the payload, as the header has it
 */
public record MessageHead(String type, MessageHeaders headers) {

    /** An event of an answer. */
    public boolean isEvent() {
        return type.equals("event");
    }

    /** There is no answer. */
    public boolean isFailure() {
        return type.equals("failure");
    }
}
