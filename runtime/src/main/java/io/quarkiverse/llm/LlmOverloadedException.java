package io.quarkiverse.llm;

/** The server is up but has no room, or is still loading its model (503, 529). */
public final class LlmOverloadedException extends LlmServerException {

    private static final long serialVersionUID = 1L;

    /** A failure with a message for people. */
    public LlmOverloadedException(String message, LlmErrorDetails details) {
        super(message, details);
    }

    @Override
    public boolean isRetryable() {
        return true;
    }
}
