package io.quarkiverse.llm;

/** The account has no credit left (402, or 429 with {@code insufficient_quota}); waiting does not help. */
public final class LlmQuotaException extends LlmException {

    private static final long serialVersionUID = 1L;

    /** A failure with a message for people. */
    public LlmQuotaException(String message, LlmErrorDetails details) {
        super(message, details);
    }

}
