package io.quarkiverse.llm.messaging.runtime.remote;

import java.time.Duration;
import java.util.function.Consumer;

import io.quarkiverse.llm.LlmException;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.impl.ContextInternal;

/**
 * The time limits of one answer, with one timer that looks again when the next limit could be reached: what comes meanwhile is
 * only noted. All but {@link #heard()} happens on the context.
 */
final class AnswerClock implements Handler<Long> {

    private static final long NONE = -1;

    private final RemoteSettings settings;
    private final RemoteFailures failures;
    private final Duration total;
    private final ContextInternal context;
    private final Consumer<LlmException> expired;
    private long begun;
    /** When the last message came; 0 before the first. */
    private volatile long heard;
    private long timer = NONE;

    AnswerClock(RemoteSettings settings, RemoteFailures failures, Duration total, ContextInternal context,
            Consumer<LlmException> expired) {
        this.settings = settings;
        this.failures = failures;
        this.total = total;
        this.context = context;
        this.expired = expired;
    }

    void start() {
        begun = System.nanoTime();
        look(begun);
    }

    /** A message has come. May be called from any thread. */
    void heard() {
        long now = System.nanoTime();
        heard = now == 0 ? 1 : now;
    }

    void stop() {
        if (timer != NONE) {
            Vertx vertx = context.owner();
            vertx.cancelTimer(timer);
            timer = NONE;
        }
    }

    @Override
    public void handle(Long id) {
        timer = NONE;
        look(System.nanoTime());
    }

    private void look(long now) {
        long last = heard;
        Duration quiet = last == 0 ? settings.firstEventTimeout() : settings.idleTimeout();
        long untilTotal = left(total, begun, now);
        long untilQuiet = left(quiet, last == 0 ? begun : last, now);
        if (untilTotal <= 0) {
            expired.accept(failures.notCompleteWithin(total));
        } else if (untilQuiet <= 0) {
            expired.accept(last == 0 ? failures.noFirstEvent() : failures.idle());
        } else {
            // with the first message, another limit holds
            long next = last == 0 ? Math.min(untilQuiet, nanos(settings.idleTimeout())) : untilQuiet;
            again(Math.min(untilTotal, next));
        }
    }

    /** The limit of silence does not count now. */
    void excuse() {
        again(Math.max(1, Math.min(left(total, begun, System.nanoTime()), nanos(settings.idleTimeout()))));
    }

    private static long left(Duration limit, long since, long now) {
        return nanos(limit) - (now - since);
    }

    private static long nanos(Duration limit) {
        return limit.compareTo(Duration.ofDays(10_000)) > 0 ? Duration.ofDays(10_000).toNanos() : limit.toNanos();
    }

    private void again(long nanos) {
        timer = context.setTimer(nanos / 1_000_000 + 1, this);
    }
}
