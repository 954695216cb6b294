package io.quarkiverse.llm;

/** Input and output do not fit into the model's context window: shorten the input. */
public final class LlmContextLengthException extends LlmBadRequestException {

    private static final long serialVersionUID = 1L;

    /** A failure with a message for people. */
    public LlmContextLengthException(String message, LlmErrorDetails details) {
        super(message, details);
    }

}
