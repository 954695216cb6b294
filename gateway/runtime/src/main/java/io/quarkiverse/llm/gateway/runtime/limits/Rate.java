package io.quarkiverse.llm.gateway.runtime.limits;

import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.EstimationProbe;
import io.github.bucket4j.TimeMeter;

/**
 * How much of something there may be in a minute, and what is left. Thread-safe.
 *
 * @param what {@code requests} or {@code tokens}
 */
record Rate(String what, long most, Bucket bucket) {

    static Rate of(String what, OptionalLong perMinute, TimeMeter clock) {
        return perMinute.isEmpty() ? null : of(what, perMinute.getAsLong(), clock);
    }

    static Rate of(String what, long perMinute, TimeMeter clock) {
        return new Rate(what, perMinute, Bucket.builder().withCustomTimePrecision(clock)
                .addLimit(limit -> limit.capacity(perMinute).refillGreedy(perMinute, Duration.ofMinutes(1))).build());
    }

    /** Until there is one again. */
    Duration waitForOne() {
        return waitFor(1);
    }

    private Duration waitFor(long amount) {
        EstimationProbe probe = bucket.estimateAbilityToConsume(amount);
        return probe.canBeConsumed() ? Duration.ZERO : Duration.ofNanos(probe.getNanosToWaitForRefill());
    }

    boolean takeOne() {
        return bucket.tryConsume(1);
    }

    /** Also what is not there: it is made up for before there is something again. */
    void take(long amount) {
        if (amount > 0) {
            bucket.consumeIgnoringRateLimits(amount);
        }
    }

    long remaining() {
        return Math.max(0, bucket.getAvailableTokens());
    }

    /** OpenAI's headers. */
    void tell(Map<String, String> headers) {
        headers.put("x-ratelimit-limit-" + what, String.valueOf(most));
        headers.put("x-ratelimit-remaining-" + what, String.valueOf(remaining()));
        headers.put("x-ratelimit-reset-" + what, ResetTime.text(waitFor(most)));
    }
}
