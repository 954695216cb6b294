package io.quarkiverse.llm;

/** Too many requests or tokens (429); {@link #retryAfter()} says how long to wait, where the server does. */
public final class LlmRateLimitException extends LlmException {

    private static final long serialVersionUID = 1L;

    /** A failure with a message for people. */
    public LlmRateLimitException(String message, LlmErrorDetails details) {
        super(message, details);
    }

    @Override
    public boolean isRetryable() {
        return true;
    }
}
