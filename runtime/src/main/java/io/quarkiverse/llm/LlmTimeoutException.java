package io.quarkiverse.llm;

import java.time.Duration;
import java.util.Objects;

/** A time limit was reached. */
public final class LlmTimeoutException extends LlmException {

    private static final long serialVersionUID = 1L;

    /** Which limit. */
    public enum Limit {
        /** Until the connection stands. */
        CONNECT("connect-timeout"),
        /** Until there is room for the request in the pool. */
        ACQUIRE("acquire-timeout"),
        /** From the request to the first event of a stream. */
        FIRST_EVENT("first-event-timeout"),
        /** Between two signs of life of a stream. */
        IDLE("idle-timeout"),
        /** The whole exchange. */
        TOTAL("timeout");

        private final String key;

        Limit(String key) {
            this.key = key;
        }

        /** The last part of the configuration key that sets it. */
        public String key() {
            return key;
        }
    }

    private final Limit limit;
    private final Duration duration;

    /** A failure with a message for people. */
    public LlmTimeoutException(String message, Limit limit, Duration duration, LlmErrorDetails details) {
        super(message, details);
        this.limit = Objects.requireNonNull(limit, "limit");
        this.duration = Objects.requireNonNull(duration, "duration");
    }

    /** Which limit was reached. */
    public Limit limit() {
        return limit;
    }

    /** How long the limit was. */
    public Duration duration() {
        return duration;
    }

    /** All but {@link Limit#TOTAL}, which the caller has set for the work as a whole. */
    @Override
    public boolean isRetryable() {
        return limit != Limit.TOTAL;
    }
}
