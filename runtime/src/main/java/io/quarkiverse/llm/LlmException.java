package io.quarkiverse.llm;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * There is no answer, or not a whole one. The children are named by what the caller can do about it; a failure that is
 * none of them is of this type itself.
 */
public class LlmException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private static final LlmErrorDetails NOTHING_KNOWN = LlmErrorDetails.builder().build();

    /** Lost when the exception is serialized. */
    private final transient LlmErrorDetails details;
    private transient volatile LlmResponse partial;

    /** A failure with a message for people and what caused it, which may be {@code null}. */
    public LlmException(String message, LlmErrorDetails details, Throwable cause) {
        super(message, cause);
        this.details = Objects.requireNonNull(details, "details");
    }

    /** A failure with a message for people. */
    public LlmException(String message, LlmErrorDetails details) {
        this(message, details, null);
    }

    /** Whether the same request may succeed a little later, at this provider or another. */
    public boolean isRetryable() {
        return false;
    }

    /** All that is known besides the message. */
    public final LlmErrorDetails details() {
        return details == null ? NOTHING_KNOWN : details;
    }

    /** The name of the provider that failed. */
    public final Optional<String> provider() {
        return details().provider();
    }

    /** The HTTP status, where the server answered at all. */
    public final OptionalInt httpStatus() {
        return details().httpStatus();
    }

    /** The server's id of the exchange, for its operators. */
    public final Optional<String> requestId() {
        return details().requestId();
    }

    /** The headers of the answer, names in lower case. */
    public final Map<String, String> headers() {
        return details().headers();
    }

    /** The server's error code, for instance {@code context_length_exceeded}. */
    public final Optional<String> code() {
        return details().code();
    }

    /** How long the server asks to wait before the next try. */
    public final Optional<Duration> retryAfter() {
        return details().retryAfter();
    }

    /** What had arrived when a stream failed; empty when that was nothing, or more than the provider keeps. */
    public final Optional<LlmResponse> partial() {
        return Optional.ofNullable(partial);
    }

    /**
     * Adds what had arrived, once, as {@link #initCause(Throwable)} adds a cause.
     *
     * @throws IllegalStateException when it is set already
     */
    public final LlmException initPartial(LlmResponse partial) {
        if (this.partial != null) {
            throw new IllegalStateException("The partial response is set already");
        }
        this.partial = Objects.requireNonNull(partial, "partial");
        return this;
    }
}
