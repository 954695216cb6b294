package io.quarkiverse.llm.runtime.provider;

import java.time.Duration;

/** Waits that grow. Not thread-safe. */
final class Backoff {

    private static final Duration FIRST = Duration.ofMillis(500);
    private static final Duration LONGEST = Duration.ofSeconds(5);

    private Duration next = FIRST;

    /** Half as long again each time. */
    Duration next() {
        Duration wait = next;
        Duration longer = wait.multipliedBy(3).dividedBy(2);
        next = longer.compareTo(LONGEST) < 0 ? longer : LONGEST;
        return wait;
    }

    void reset() {
        next = FIRST;
    }
}
