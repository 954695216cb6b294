package io.quarkiverse.llm.messaging;

import java.time.Duration;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * How a worker works. The names are those of the keys {@code quarkus.llm-messaging.workers.NAME.*}, and so are the defaults.
 *
 * @param concurrency how many requests are answered at the same time; 16 unless set
 * @param maxInFlight how many requests are taken before they are finished; twice {@code concurrency} unless set
 * @param maxAttempts how often an answer is tried when the failures are such that may pass; 3 unless set
 * @param retryDelay how long to wait before the second attempt; each further one waits twice as long; 1 second unless set
 * @param timeout how long an answer may take, from the begin of the first attempt to the end of the last; 10 minutes unless set
 * @param idempotencyWindow for how long another request with the idempotency key of one that was answered gets a failure
 *        instead ({@link LlmMessage.Failure#DUPLICATE}); 1 hour unless set, zero answers each
 * @param idempotencyKeys how many idempotency keys are kept at most; 100000 unless set
 * @param maxUnwrittenEvents how many events of one answer may be on their way to the channel; 256 unless set
 * @param shutdownTimeout how long a shutdown waits for answers under way, as far as {@code quarkus.shutdown.timeout} lets it,
 *        which workers by hand do not set; 30 seconds unless set
 */
public record LlmWorkerOptions(int concurrency, int maxInFlight, int maxAttempts, Duration retryDelay, Duration timeout,
        Duration idempotencyWindow, int idempotencyKeys, int maxUnwrittenEvents, Duration shutdownTimeout) {

    /** What holds unless something is set. */
    public static final LlmWorkerOptions DEFAULTS = builder().build();

    /**
     * @throws IllegalArgumentException with a sentence that begins with the name of the option, as it is in the configuration
     */
    public LlmWorkerOptions {
        positive("concurrency", concurrency);
        if (maxInFlight < concurrency) {
            throw new IllegalArgumentException(
                    "max-in-flight must not be less than concurrency, which is " + concurrency + ", but is " + maxInFlight);
        }
        positive("max-attempts", maxAttempts);
        longerThanNothing("retry-delay", retryDelay);
        longerThanNothing("timeout", timeout);
        notNegative("idempotency-window", idempotencyWindow);
        positive("idempotency-keys", idempotencyKeys);
        positive("max-unwritten-events", maxUnwrittenEvents);
        notNegative("shutdown-timeout", shutdownTimeout);
    }

    private static void positive(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " must be larger than 0, but is " + value);
        }
    }

    private static void longerThanNothing(String name, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException(name + " must be longer than 0s, but is " + value);
        }
    }

    private static void notNegative(String name, Duration value) {
        if (value.isNegative()) {
            throw new IllegalArgumentException(name + " must not be negative, but is " + value);
        }
    }

    /** Holds the defaults. */
    public static Builder builder() {
        return new Builder();
    }

    /** Not thread-safe. */
    public static final class Builder {

        private int concurrency = 16;
        private OptionalInt maxInFlight = OptionalInt.empty();
        private int maxAttempts = 3;
        private Duration retryDelay = Duration.ofSeconds(1);
        private Duration timeout = Duration.ofMinutes(10);
        private Duration idempotencyWindow = Duration.ofHours(1);
        private int idempotencyKeys = 100_000;
        private int maxUnwrittenEvents = 256;
        private Duration shutdownTimeout = Duration.ofSeconds(30);

        private Builder() {
        }

        /** {@link LlmWorkerOptions#concurrency()}. */
        public Builder concurrency(int concurrency) {
            this.concurrency = concurrency;
            return this;
        }

        /** {@link LlmWorkerOptions#maxInFlight()}. */
        public Builder maxInFlight(int maxInFlight) {
            this.maxInFlight = OptionalInt.of(maxInFlight);
            return this;
        }

        /** {@link LlmWorkerOptions#maxAttempts()}. */
        public Builder maxAttempts(int maxAttempts) {
            this.maxAttempts = maxAttempts;
            return this;
        }

        /** {@link LlmWorkerOptions#retryDelay()}. */
        public Builder retryDelay(Duration retryDelay) {
            this.retryDelay = Objects.requireNonNull(retryDelay, "retryDelay");
            return this;
        }

        /** {@link LlmWorkerOptions#timeout()}. */
        public Builder timeout(Duration timeout) {
            this.timeout = Objects.requireNonNull(timeout, "timeout");
            return this;
        }

        /** {@link LlmWorkerOptions#idempotencyWindow()}. */
        public Builder idempotencyWindow(Duration idempotencyWindow) {
            this.idempotencyWindow = Objects.requireNonNull(idempotencyWindow, "idempotencyWindow");
            return this;
        }

        /** {@link LlmWorkerOptions#idempotencyKeys()}. */
        public Builder idempotencyKeys(int idempotencyKeys) {
            this.idempotencyKeys = idempotencyKeys;
            return this;
        }

        /** {@link LlmWorkerOptions#maxUnwrittenEvents()}. */
        public Builder maxUnwrittenEvents(int maxUnwrittenEvents) {
            this.maxUnwrittenEvents = maxUnwrittenEvents;
            return this;
        }

        /** {@link LlmWorkerOptions#shutdownTimeout()}. */
        public Builder shutdownTimeout(Duration shutdownTimeout) {
            this.shutdownTimeout = Objects.requireNonNull(shutdownTimeout, "shutdownTimeout");
            return this;
        }

        /**
         * @throws IllegalArgumentException with a sentence that begins with the name of the option
         */
        public LlmWorkerOptions build() {
            return new LlmWorkerOptions(concurrency, maxInFlight.orElse((int) Math.min(2L * concurrency, Integer.MAX_VALUE)),
                    maxAttempts, retryDelay, timeout, idempotencyWindow, idempotencyKeys, maxUnwrittenEvents, shutdownTimeout);
        }
    }
}
