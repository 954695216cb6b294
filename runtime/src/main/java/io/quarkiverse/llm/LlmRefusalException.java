package io.quarkiverse.llm;

import java.util.Objects;

/** The model refused to answer where a typed answer was asked for; {@link #partial()} has the response. */
public final class LlmRefusalException extends LlmException {

    private static final long serialVersionUID = 1L;

    private final String refusal;

    /**
     * @param refusal the model's words
     */
    public LlmRefusalException(String message, String refusal, LlmErrorDetails details) {
        super(message, details);
        this.refusal = Objects.requireNonNull(refusal, "refusal");
    }

    /** The model's words for not answering. */
    public String refusal() {
        return refusal;
    }
}
