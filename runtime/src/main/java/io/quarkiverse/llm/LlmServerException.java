package io.quarkiverse.llm;

/** The server failed (5xx, or an error inside a stream). */
public class LlmServerException extends LlmException {

    private static final long serialVersionUID = 1L;

    /** A failure with a message for people. */
    public LlmServerException(String message, LlmErrorDetails details) {
        super(message, details);
    }

    @Override
    public boolean isRetryable() {
        return true;
    }
}
