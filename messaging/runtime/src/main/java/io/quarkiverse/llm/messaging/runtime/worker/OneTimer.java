package io.quarkiverse.llm.messaging.runtime.worker;

import java.time.Duration;

import io.vertx.core.Vertx;

/** A timer that is set anew, or not at all. Fires on the context that sets it. Not thread-safe. */
final class OneTimer {

    private static final Duration ENDLESS = Duration.ofDays(36_500);

    private final Vertx vertx;
    private long id = -1;
    private long setAt;
    private Duration length = ENDLESS;

    OneTimer(Vertx vertx) {
        this.vertx = vertx;
    }

    void set(Duration delay, Runnable action) {
        cancel();
        length = delay;
        setAt = System.nanoTime();
        id = vertx.setTimer(millis(delay), fired -> {
            id = -1;
            action.run();
        });
    }

    /** At least 1, as Vert.x wants it, and rounded up: never too early. */
    private static long millis(Duration delay) {
        if (delay.isNegative()) {
            return 1;
        }
        return delay.compareTo(ENDLESS) > 0 ? ENDLESS.toMillis() : Math.max(1, delay.plusNanos(999_999).toMillis());
    }

    /** How long it was set for. */
    Duration length() {
        return length;
    }

    Duration left() {
        return length.minusNanos(System.nanoTime() - setAt);
    }

    void cancel() {
        if (id != -1) {
            vertx.cancelTimer(id);
            id = -1;
        }
    }
}
