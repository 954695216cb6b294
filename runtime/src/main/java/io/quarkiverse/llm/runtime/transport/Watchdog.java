package io.quarkiverse.llm.runtime.transport;

import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.quarkiverse.llm.LlmTimeoutException.Limit;
import io.vertx.core.Handler;
import io.vertx.core.impl.ContextInternal;

/**
 * The one timer of an exchange. It watches the exchange as a whole and, in it, one wait after another. Signs of life only
 * note the time; the timer, when it fires, looks whether the wait was long and else sets itself anew. To be used on the
 * exchange's event loop.
 */
public final class Watchdog implements Handler<Long> {

    private static final long NEVER = Long.MAX_VALUE;
    private static final long NONE = -1;

    private final ContextInternal context;
    private final OutgoingRequest request;
    private final Consumer<TimeLimit> expired;
    private final long origin = System.nanoTime();
    private TimeLimit total;
    private long spent;
    private TimeLimit current;
    private long span;
    private long since;
    private boolean paused;
    private long timer = NONE;
    private long timerAt;

    /** Times are nanoseconds since the watchdog was made. */
    public Watchdog(ContextInternal context, OutgoingRequest request, Consumer<TimeLimit> expired) {
        this.context = context;
        this.request = request;
        this.expired = expired;
    }

    private long now() {
        return System.nanoTime() - origin;
    }

    /** Limits the whole exchange, from its begin, to what earlier attempts have left of the total limit. */
    public void limitTotal() {
        total = request.limits().total().map(span -> new TimeLimit(Limit.TOTAL, span)).filter(limit -> !limit.isNone())
                .orElse(null);
        spent = request.spent().toNanos();
        arm();
    }

    /** It has to wait for room. */
    public void waiting() {
        watch(new TimeLimit(Limit.ACQUIRE, request.limits().acquire()));
    }

    public void connecting() {
        watch(new TimeLimit(Limit.CONNECT, request.limits().connect()));
    }

    public void sent() {
        if (request.stream()) {
            watch(new TimeLimit(Limit.FIRST_EVENT, request.limits().firstEvent()));
        } else {
            watchNothing();
        }
    }

    /** The first thing that counts has come. */
    public void begun() {
        if (request.stream()) {
            watchSilence();
        }
    }

    /** As {@link Exchange#expectEnd}. */
    public void expectEnd(boolean expected) {
        if (request.limits().idle().compareTo(TimeLimit.QUIET_END.span()) <= 0) {
            return;
        }
        if (expected) {
            watch(TimeLimit.QUIET_END);
        } else {
            watchSilence();
        }
    }

    /** What still comes is of no interest. */
    public void released() {
        watch(TimeLimit.REST);
    }

    private void watchSilence() {
        watch(new TimeLimit(Limit.IDLE, request.limits().idle()));
    }

    /** Watches this wait, from now on, instead of the one before. */
    private void watch(TimeLimit limit) {
        current = limit.isNone() ? null : limit;
        span = limit.nanos();
        since = now();
        arm();
    }

    /** Only the exchange as a whole is watched from now on. */
    private void watchNothing() {
        current = null;
    }

    /** The wait begins anew. */
    public void signOfLife() {
        since = now();
    }

    /** We do not read: the server cannot be late. */
    public void pause() {
        paused = true;
    }

    public void resume() {
        paused = false;
        since = now();
        arm();
    }

    public void stop() {
        total = null;
        current = null;
        if (timer != NONE) {
            context.owner().cancelTimer(timer);
            timer = NONE;
        }
    }

    private long totalAt() {
        return total == null ? NEVER : total.nanos() - spent;
    }

    private long currentAt() {
        return current == null || paused ? NEVER : since + span;
    }

    private void arm() {
        long at = Math.min(totalAt(), currentAt());
        if (at == NEVER || timer != NONE && timerAt <= at) {
            return;
        }
        if (timer != NONE) {
            context.owner().cancelTimer(timer);
        }
        timerAt = at;
        long millis = TimeUnit.NANOSECONDS.toMillis(at - now()) + 1;
        timer = context.setTimer(Math.max(1, millis), this);
    }

    @Override
    public void handle(Long id) {
        timer = NONE;
        long now = now();
        if (totalAt() <= now) {
            expired.accept(total);
        } else if (currentAt() <= now) {
            expired.accept(current);
        } else {
            arm();
        }
    }
}
