package io.quarkiverse.llm;

/** The server does not understand or accept the request (400, 409, 422, ...); trying again does not help. */
public class LlmBadRequestException extends LlmException {

    private static final long serialVersionUID = 1L;

    /** A failure with a message for people. */
    public LlmBadRequestException(String message, LlmErrorDetails details) {
        super(message, details);
    }

}
