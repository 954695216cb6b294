package io.quarkiverse.llm;

/** The stream ended before the answer did; {@link #partial()} has what had arrived. */
public final class LlmTruncatedStreamException extends LlmException {

    private static final long serialVersionUID = 1L;

    /** A failure with a message for people. */
    public LlmTruncatedStreamException(String message, LlmErrorDetails details, Throwable cause) {
        super(message, details, cause);
    }

    @Override
    public boolean isRetryable() {
        return true;
    }
}
