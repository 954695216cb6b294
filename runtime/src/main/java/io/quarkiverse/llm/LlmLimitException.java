package io.quarkiverse.llm;

import java.util.Objects;

/** A configured bound was exceeded: the size of an event or an answer, or the number of waiting requests. */
public final class LlmLimitException extends LlmException {

    private static final long serialVersionUID = 1L;

    private final String key;

    /**
     * @param key the last part of the configuration key that sets the bound
     */
    public LlmLimitException(String message, String key, LlmErrorDetails details) {
        super(message, details);
        this.key = Objects.requireNonNull(key, "key");
    }

    /** The last part of the configuration key that sets the bound, for instance {@code max-event-size}. */
    public String key() {
        return key;
    }
}
