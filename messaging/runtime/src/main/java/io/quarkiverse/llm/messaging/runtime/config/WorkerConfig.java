package io.quarkiverse.llm.messaging.runtime.config;

import java.time.Duration;
import java.util.OptionalInt;

import io.quarkus.runtime.annotations.ConfigGroup;
import io.smallrye.config.WithDefault;

/** One who answers requests that stand on a channel. */
@ConfigGroup
public interface WorkerConfig {

    /**
     * Whether there is this worker. When it is false, its channels are left alone.
     */
    @WithDefault("true")
    boolean enabled();

    /**
     * The name of the provider that answers.
     */
    @WithDefault("<default>")
    String provider();

    /**
     * How many requests are answered at the same time. Must be larger than 0.
     */
    @WithDefault("16")
    int concurrency();

    /**
     * How many requests are taken from the channel before they are finished: those that are answered, and those that wait for
     * an earlier one of their conversation or for a retry. Further ones stay on the channel. Twice {@code concurrency} unless
     * set. Must not be less than {@code concurrency}.
     */
    OptionalInt maxInFlight();

    /**
     * How often a worker tries to answer a request before it goes to the dead letters, when the failures are such that may
     * pass. Attempts that ended with the crash of a worker count. Must be larger than 0.
     */
    @WithDefault("3")
    int maxAttempts();

    /**
     * How long to wait before the second attempt; each further one waits twice as long. Where the provider's server says how
     * long, that holds. Must be longer than {@code 0s}.
     */
    @WithDefault("1s")
    Duration retryDelay();

    /**
     * How long an answer may take, counted from when the worker begins. The deadline of a request holds besides. Must be
     * longer than {@code 0s}.
     */
    @WithDefault("10m")
    Duration timeout();

    /**
     * For how long a request is not answered again after it was answered, when another one with the same idempotency key
     * comes: that one gets a failure with the code {@code duplicate}. The same one that is delivered again gets nothing more.
     * Kept in the memory of the worker's process. {@code 0s} answers each.
     */
    @WithDefault("1h")
    Duration idempotencyWindow();

    /**
     * How many idempotency keys, and correlation ids, are kept at most; the oldest go first. Must be larger than 0.
     */
    @WithDefault("100000")
    int idempotencyKeys();

    /**
     * How many events of one answer may be on their way to the channel; the provider's stream is not read further meanwhile.
     * Must be larger than 0.
     */
    @WithDefault("256")
    int maxUnwrittenEvents();

    /**
     * How long a shutdown waits for answers under way. Those that are not finished then are stopped and given back: another
     * worker begins them anew. The application as a whole waits no longer than {@code quarkus.shutdown.timeout} (and in
     * development mode not at all): unless set, that is 5 seconds more than the longest of all workers.
     */
    @WithDefault("30s")
    Duration shutdownTimeout();
}
