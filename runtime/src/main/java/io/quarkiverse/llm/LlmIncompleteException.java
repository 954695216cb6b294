package io.quarkiverse.llm;

import java.util.Objects;

/**
 * There is a response, but no whole answer where a typed one was asked for; {@link #partial()} has the response, with the text
 * or the tool calls that came.
 */
public final class LlmIncompleteException extends LlmException {

    private static final long serialVersionUID = 1L;

    /** {@link #reason()} when the model waits for the outputs of its tool calls. */
    public static final String TOOL_CALLS = "tool_calls";

    private final String reason;

    /**
     * @param reason as {@link #reason()} gives it
     */
    public LlmIncompleteException(String message, String reason, LlmErrorDetails details) {
        super(message, details);
        this.reason = Objects.requireNonNull(reason, "reason");
    }

    /**
     * {@link LlmResponse#incompleteReason()}, such as {@code max_output_tokens} or {@code content_filter};
     * {@link #TOOL_CALLS}; or else the {@linkplain ResponseStatus#wireName() status} of the response.
     */
    public String reason() {
        return reason;
    }
}
