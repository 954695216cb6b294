package io.quarkiverse.llm.messaging;

import java.util.Objects;

/**
 * Refuses a message that it is of no use to try again: it is no request, or its last attempt has failed. {@link LlmWorkers}
 * refuse with it what a configured worker writes to {@code NAME-dead-letters}. After a refusal with any other exception the
 * message should come again. The failure strategy of the incoming channel's connector can tell them by it.
 */
public final class DeadLetterException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String correlationId;

    /**
     * What nobody will try again.
     *
     * @param correlationId of the message; where it has none, any
     * @param reason why, for people
     */
    public DeadLetterException(String correlationId, String reason) {
        super(Objects.requireNonNull(reason, "reason"));
        this.correlationId = Objects.requireNonNull(correlationId, "correlationId");
    }

    /** Of the message; where it has none, one of its own. */
    public String correlationId() {
        return correlationId;
    }
}
