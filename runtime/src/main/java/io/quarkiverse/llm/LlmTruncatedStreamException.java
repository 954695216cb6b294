package io.quarkiverse.llm;

import java.util.Objects;
import java.util.OptionalLong;

/**
 * The stream ended before the answer did; {@link #partial()} has what had arrived. Where the response runs in the background
 * ({@link LlmRequest#background()}), {@link #partial()} has its id at least, and {@link StoredResponses} what becomes of it.
 */
public final class LlmTruncatedStreamException extends LlmException {

    private static final long serialVersionUID = 1L;

    private final transient OptionalLong sequenceNumber;

    /** A failure with a message for people. */
    public LlmTruncatedStreamException(String message, LlmErrorDetails details, Throwable cause) {
        this(message, details, cause, OptionalLong.empty());
    }

    /** As the other, of a stream that could be taken up again. */
    public LlmTruncatedStreamException(String message, LlmErrorDetails details, Throwable cause,
            OptionalLong sequenceNumber) {
        super(message, details, cause);
        this.sequenceNumber = Objects.requireNonNull(sequenceNumber, "sequenceNumber");
    }

    /**
     * The number of the last event that arrived of a background response: what {@link StoredResponses#resume} starts after.
     * Empty for other streams, and when none had arrived.
     */
    public OptionalLong sequenceNumber() {
        return sequenceNumber == null ? OptionalLong.empty() : sequenceNumber;
    }

    @Override
    public boolean isRetryable() {
        return true;
    }
}
