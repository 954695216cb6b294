package io.quarkiverse.llm;

/** There is no such model, response or path (404). */
public final class LlmNotFoundException extends LlmException {

    private static final long serialVersionUID = 1L;

    /** A failure with a message for people. */
    public LlmNotFoundException(String message, LlmErrorDetails details) {
        super(message, details);
    }

}
