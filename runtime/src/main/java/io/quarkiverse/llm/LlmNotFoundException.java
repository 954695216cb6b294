package io.quarkiverse.llm;

/**
 * There is no such model, response or path (404). {@link #code()} is {@code previous_response_not_found} when it is
 * the response that {@link LlmRequest#previousResponseId()} names.
 */
public final class LlmNotFoundException extends LlmException {

    private static final long serialVersionUID = 1L;

    /** A failure with a message for people. */
    public LlmNotFoundException(String message, LlmErrorDetails details) {
        super(message, details);
    }

}
