package io.quarkiverse.llm;

import java.util.Objects;
import java.util.Optional;

/**
 * The server answered with something that cannot be read, or the model with something that is not of the type that was asked
 * for; {@link #partial()} has the response of the latter.
 */
public final class LlmDecodeException extends LlmException {

    private static final long serialVersionUID = 1L;
    private static final int MAX_RAW = 2000;

    private final String raw;
    private final String path;

    /**
     * @param raw what the server sent
     */
    public LlmDecodeException(String message, String raw, LlmErrorDetails details, Throwable cause) {
        this(message, raw, Optional.empty(), details, cause);
    }

    /**
     * @param path where in {@code raw}, such as {@code $.items[2].price}
     */
    public LlmDecodeException(String message, String raw, Optional<String> path, LlmErrorDetails details, Throwable cause) {
        super(message, details, cause);
        Objects.requireNonNull(raw, "raw");
        this.raw = raw.length() > MAX_RAW ? raw.substring(0, MAX_RAW) + "..." : raw;
        this.path = path.orElse(null);
    }

    /** What the server sent; its first 2000 characters. */
    public String raw() {
        return raw;
    }

    /** What of a typed answer does not fit, such as {@code $.items[2].price}. */
    public Optional<String> path() {
        return Optional.ofNullable(path);
    }
}
