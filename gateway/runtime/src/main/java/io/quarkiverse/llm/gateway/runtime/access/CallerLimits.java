package io.quarkiverse.llm.gateway.runtime.access;

import java.time.Duration;
import java.util.OptionalInt;
import java.util.OptionalLong;

import io.quarkiverse.llm.gateway.runtime.config.LimitsConfig;

/**
 * What one caller may ask for. There is no limit where one is empty.
 *
 * @param tokensPerMinute of inputs and outputs together
 * @param queueLength how many requests may wait for one of the concurrent ones to end
 * @param queueTimeout how long they may
 */
public record CallerLimits(OptionalLong requestsPerMinute, OptionalLong tokensPerMinute, OptionalInt concurrentRequests,
        int queueLength, Duration queueTimeout, OptionalInt websockets) {

    private static final int QUEUE_LENGTH = 100;
    private static final Duration QUEUE_TIMEOUT = Duration.ofSeconds(30);

    /** Those that hold for all. */
    static CallerLimits of(LimitsConfig general) {
        return of(general, general);
    }

    /** Each of a key's own limits in place of that which holds for all. */
    static CallerLimits of(LimitsConfig own, LimitsConfig general) {
        return new CallerLimits(first(own.requestsPerMinute(), general.requestsPerMinute()),
                first(own.tokensPerMinute(), general.tokensPerMinute()),
                first(own.concurrentRequests(), general.concurrentRequests()),
                first(own.queueLength(), general.queueLength()).orElse(QUEUE_LENGTH),
                own.queueTimeout().or(general::queueTimeout).orElse(QUEUE_TIMEOUT),
                first(own.websockets(), general.websockets()));
    }

    private static OptionalLong first(OptionalLong own, OptionalLong general) {
        return own.isPresent() ? own : general;
    }

    private static OptionalInt first(OptionalInt own, OptionalInt general) {
        return own.isPresent() ? own : general;
    }
}
