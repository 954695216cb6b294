package io.quarkiverse.llm.messaging.runtime.worker;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Cancels of requests that are not here. Requests wait on their channel, cancels do not, so a cancel may well come first. All
 * workers hear all cancels, so most of them are for others and are forgotten. Not thread-safe.
 */
final class Cancellations {

    static final Duration KEPT = Duration.ofMinutes(10);
    static final int MOST = 10_000;

    private final Recent<Boolean> early;

    Cancellations(LongSupplier nanos) {
        early = new Recent<>(KEPT, MOST, nanos);
    }

    void remember(String correlationId) {
        early.put(correlationId, true);
    }

    boolean isCancelled(String correlationId) {
        return early.contains(correlationId);
    }
}
