package io.quarkiverse.llm;

/** The API key may not do this (403). */
public final class LlmPermissionException extends LlmException {

    private static final long serialVersionUID = 1L;

    /** A failure with a message for people. */
    public LlmPermissionException(String message, LlmErrorDetails details) {
        super(message, details);
    }

}
