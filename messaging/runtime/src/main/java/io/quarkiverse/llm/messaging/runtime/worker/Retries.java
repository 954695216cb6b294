package io.quarkiverse.llm.messaging.runtime.worker;

import java.time.Duration;

import io.quarkiverse.llm.LlmException;

/**
 * Whether a failed answer is tried again.
 *
 * @param maxAttempts in all, those of other workers among them
 * @param delay before the first retry
 */
record Retries(int maxAttempts, Duration delay) {

    /** Nobody waits longer than that, and no sum overflows. */
    private static final int DOUBLINGS = 16;

    boolean isLast(int attempt) {
        return attempt >= maxAttempts;
    }

    /** Whether it was begun so often already, without an end, that it is not begun again. */
    boolean isExhausted(int attempt) {
        return attempt > maxAttempts;
    }

    /** Whether its end was told in vain so often, besides, that a dead letter alone must do. */
    boolean isGivenUp(int attempt) {
        return attempt > 2L * maxAttempts;
    }

    /**
     * Why it is not begun again.
     *
     * @param attempt what the next one would be: those beyond the bound told its end in vain, no more
     * @param ended how many are known to have come to an end
     * @param told how many are known to have been none, but tries to tell an end
     */
    String unwritten(int attempt, int ended, int told) {
        int times = Math.min(attempt - 1 - told, maxAttempts);
        if (times <= 0) {
            return "The request was not begun, and no worker wrote its end";
        }
        String begun = "The request was begun " + times + " times";
        return ended == 0 ? begun + ", and no worker wrote its end"
                : begun + " and ended " + ended + " times, but no worker wrote its end";
    }

    /**
     * How long to wait before the next attempt: as long as the server says, else twice as long each time.
     *
     * @param retried how often this worker has retried the request
     */
    Duration before(int retried, LlmException failure) {
        return failure.retryAfter().filter(asked -> !asked.isNegative())
                .orElseGet(() -> delay.multipliedBy(1L << Math.min(retried, DOUBLINGS)));
    }
}
