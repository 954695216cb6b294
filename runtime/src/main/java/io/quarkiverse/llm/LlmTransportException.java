package io.quarkiverse.llm;

/** The server could not be reached, or the connection broke before it answered. */
public final class LlmTransportException extends LlmException {

    private static final long serialVersionUID = 1L;

    /** A failure with a message for people. */
    public LlmTransportException(String message, LlmErrorDetails details, Throwable cause) {
        super(message, details, cause);
    }

    @Override
    public boolean isRetryable() {
        return true;
    }
}
