package io.quarkiverse.llm;

import java.util.Locale;
import java.util.Optional;

/**
 * Why the model stopped, in terms common to all servers. What the server said word for word is
 * {@link LlmResponse#providerFinishReason()}.
 */
public enum FinishReason {

    /** The model came to its end or met a stop sequence. */
    STOP,
    /** A token limit was reached. */
    LENGTH,
    /** The model waits for the outputs of its tool calls. */
    TOOL_CALLS,
    /** A filter of the server stopped the answer. */
    CONTENT_FILTER,
    /** The server gave a reason that is none of these. */
    OTHER;

    private final String wireName = name().toLowerCase(Locale.ROOT);

    /** The name Chat Completions uses: the lower-case constant. */
    public String wireName() {
        return wireName;
    }

    /** The reason of that name, if there is one. */
    public static Optional<FinishReason> find(String wireName) {
        for (FinishReason reason : values()) {
            if (reason.wireName.equals(wireName)) {
                return Optional.of(reason);
            }
        }
        return Optional.empty();
    }
}
