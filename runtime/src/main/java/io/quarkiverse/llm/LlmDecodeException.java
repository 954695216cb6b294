package io.quarkiverse.llm;

import java.util.Objects;

/** The server answered with something that cannot be read. */
public final class LlmDecodeException extends LlmException {

    private static final long serialVersionUID = 1L;
    private static final int MAX_RAW = 2000;

    private final String raw;

    /**
     * @param raw what the server sent
     */
    public LlmDecodeException(String message, String raw, LlmErrorDetails details, Throwable cause) {
        super(message, details, cause);
        Objects.requireNonNull(raw, "raw");
        this.raw = raw.length() > MAX_RAW ? raw.substring(0, MAX_RAW) + "..." : raw;
    }

    /** What the server sent; its first 2000 characters. */
    public String raw() {
        return raw;
    }
}
