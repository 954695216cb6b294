package io.quarkiverse.llm.messaging.runtime.worker;

import java.time.Duration;
import java.util.function.LongSupplier;

import io.quarkiverse.llm.messaging.MessageHeaders;

/**
 * What was answered lately, in the memory of this process: a crash forgets it. Correlation ids and idempotency keys are of
 * different kinds, and the same text may be both. Not thread-safe.
 */
final class IdempotencyWindow {

    private final Recent<Boolean> ended;
    private final Recent<Boolean> answered;

    /**
     * @param window for how long; zero remembers nothing
     * @param keys how many of each kind; the oldest go first
     */
    IdempotencyWindow(Duration window, int keys, LongSupplier nanos) {
        ended = new Recent<>(window, keys, nanos);
        answered = new Recent<>(window, keys, nanos);
    }

    /**
     * A request has its end.
     *
     * @param answer whether it was more than a failure: one may ask again under the same idempotency key after that
     */
    void remember(MessageHeaders request, boolean answer) {
        ended.put(request.correlationId(), true);
        if (answer) {
            answered.put(request.idempotency(), true);
        }
    }

    /** Whether this very request has its end: it was delivered again. */
    boolean isEnded(String correlationId) {
        return ended.contains(correlationId);
    }

    /** Whether a request with this idempotency key has an answer. */
    boolean isAnswered(String idempotencyKey) {
        return answered.contains(idempotencyKey);
    }
}
