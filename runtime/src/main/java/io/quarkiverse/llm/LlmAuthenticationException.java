package io.quarkiverse.llm;

/** The API key is missing or wrong (401). */
public final class LlmAuthenticationException extends LlmException {

    private static final long serialVersionUID = 1L;

    /** A failure with a message for people. */
    public LlmAuthenticationException(String message, LlmErrorDetails details) {
        super(message, details);
    }

}
