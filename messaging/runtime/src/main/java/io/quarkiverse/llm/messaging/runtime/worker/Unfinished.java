package io.quarkiverse.llm.messaging.runtime.worker;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Attempts at requests that were not acknowledged. When such a request comes again, even by a connector that does not count
 * deliveries, its attempts go on counting: events of two attempts with the same number would pass as those of one. Not
 * thread-safe.
 */
final class Unfinished {

    private static final Duration KEPT = Duration.ofHours(1);
    private static final int MOST = 10_000;

    private final Recent<Last> attempts;

    private record Last(int attempt, Optional<String> refusal) {
    }

    Unfinished(LongSupplier nanos) {
        attempts = new Recent<>(KEPT, MOST, nanos);
    }

    /**
     * The last attempt at this request had this number.
     *
     * @param refusal why its end could not be written, if that was the reason
     */
    void remember(String correlationId, int attempt, Optional<String> refusal) {
        attempts.put(correlationId, new Last(attempt, refusal));
    }

    /** Why the end of the last attempt could not be written, as far as that was here. */
    Optional<String> refusal(String correlationId) {
        return attempts.get(correlationId).flatMap(Last::refusal);
    }

    /** What the next attempt is, when the message says this number. */
    int next(String correlationId, int said) {
        return attempts.get(correlationId).map(last -> Math.max(said, last.attempt() + 1)).orElse(said);
    }
}
