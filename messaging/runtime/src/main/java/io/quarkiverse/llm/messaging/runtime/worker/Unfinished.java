package io.quarkiverse.llm.messaging.runtime.worker;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

import io.quarkiverse.llm.messaging.DeadLetterException;

/**
 * Attempts at requests that were not acknowledged. When such a request comes again, even by a connector that does not count
 * deliveries, its attempts go on counting: events of two attempts with the same number would pass as those of one. Those of the
 * last 10,000 requests are kept, for an hour. Not thread-safe.
 */
final class Unfinished {

    private static final Duration KEPT = Duration.ofHours(1);
    private static final int MOST = 10_000;

    private final Recent<Last> attempts;

    /**
     * @param ended how many came to an end
     * @param told how many were none, but tries to tell an end
     */
    private record Last(int attempt, int ended, int told, Optional<String> refusal, Optional<String> verdict) {
    }

    Unfinished(LongSupplier nanos) {
        attempts = new Recent<>(KEPT, MOST, nanos);
    }

    /** The last attempt at this request had this number, and was given back. */
    void remember(String correlationId, int attempt) {
        attempts.put(correlationId, new Last(attempt, ended(correlationId), told(correlationId), Optional.empty(),
                verdict(correlationId)));
    }

    /**
     * The last attempt at this request had this number, and its end was told in vain.
     *
     * @param refusal why that could not be written, or was not to be
     * @param begun whether it is the end of this attempt; else there was nothing but to tell
     */
    void remember(String correlationId, int attempt, Throwable refusal, boolean begun) {
        int ended = ended(correlationId) + (begun ? 1 : 0);
        int told = told(correlationId) + (begun ? 0 : 1);
        attempts.put(correlationId, refusal instanceof DeadLetterException
                ? new Last(attempt, ended, told, Optional.empty(), Optional.of(refusal.getMessage()))
                : new Last(attempt, ended, told, Optional.of(refusal.toString()), verdict(correlationId)));
    }

    /** How many of the attempts at this request were none here, but tries to tell its end. */
    int told(String correlationId) {
        return attempts.get(correlationId).map(Last::told).orElse(0);
    }

    /** How many attempts at this request came to an end here that could not be written. */
    int ended(String correlationId) {
        return attempts.get(correlationId).map(Last::ended).orElse(0);
    }

    /** Why the end of the last attempt could not be written, as far as that was here. */
    Optional<String> refusal(String correlationId) {
        return attempts.get(correlationId).flatMap(Last::refusal);
    }

    /** Why nobody should try again, as far as the connector was told so: it does not help when it comes again all the same. */
    Optional<String> verdict(String correlationId) {
        return attempts.get(correlationId).flatMap(Last::verdict);
    }

    /** What the next attempt is, when the message says this number. */
    int next(String correlationId, int said) {
        return attempts.get(correlationId).map(last -> Math.max(said, last.attempt() + 1)).orElse(said);
    }
}
