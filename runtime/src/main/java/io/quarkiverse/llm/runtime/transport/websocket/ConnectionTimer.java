package io.quarkiverse.llm.runtime.transport.websocket;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

import io.quarkiverse.llm.runtime.config.WebSocketSettings;
import io.vertx.core.Handler;
import io.vertx.core.impl.ContextInternal;

/**
 * The one timer of a connection: pings, idleness, age. As {@code Watchdog} it only notes times, and sets itself anew when it
 * fires too early. To be used on the event loop of the connection.
 */
final class ConnectionTimer implements Handler<Long> {

    /** What it is time for. */
    interface Events {

        /** No request for long. */
        void idle();

        /** No further requests. Once. */
        void old();

        void ping();

        /** A ping has no answer. */
        void dead();
    }

    /** Connections that were opened together do not all go together. */
    private static final double JITTER = 0.1;
    private static final Duration LONGEST = Duration.ofDays(365);
    private static final long NEVER = Long.MAX_VALUE;
    private static final long NONE = -1;

    private final ContextInternal context;
    private final Events events;
    private final long origin = System.nanoTime();
    private final long idleSpan;
    private final long pingSpan;
    private long oldAt;
    private long idleAt;
    private long pingAt;
    private boolean pinged;
    private boolean alive;
    private boolean stopped;
    private long timer = NONE;
    private long timerAt;

    /** Times are nanoseconds since the timer was made. */
    ConnectionTimer(ContextInternal context, WebSocketSettings settings, Events events) {
        this.context = context;
        this.events = events;
        this.idleSpan = nanos(settings.idleTimeout());
        this.pingSpan = settings.pingInterval().isZero() ? NEVER : nanos(settings.pingInterval());
        oldAt = lifetime(nanos(settings.maxLifetime()), ThreadLocalRandom.current().nextDouble());
        idleAt = NEVER;
        pingAt = pingSpan;
        arm();
    }

    /**
     * @param longest in nanoseconds
     * @param chance from 0 to 1
     */
    static long lifetime(long longest, double chance) {
        return longest - (long) (longest * JITTER * chance);
    }

    private static long nanos(Duration span) {
        return span.compareTo(LONGEST) > 0 ? LONGEST.toNanos() : span.toNanos();
    }

    private long now() {
        return System.nanoTime() - origin;
    }

    /** No request is under way from now on. */
    void idle() {
        idleAt = now() + idleSpan;
        arm();
    }

    void busy() {
        idleAt = NEVER;
    }

    /** The other side has sent something, or we do not read it. */
    void signOfLife() {
        alive = true;
    }

    void stop() {
        stopped = true;
        if (timer != NONE) {
            context.owner().cancelTimer(timer);
            timer = NONE;
        }
    }

    private void arm() {
        long at = Math.min(oldAt, Math.min(idleAt, pingAt));
        if (stopped || at == NEVER || timer != NONE && timerAt <= at) {
            return;
        }
        if (timer != NONE) {
            context.owner().cancelTimer(timer);
        }
        timerAt = at;
        timer = context.setTimer(Math.max(1, TimeUnit.NANOSECONDS.toMillis(at - now()) + 1), this);
    }

    @Override
    public void handle(Long id) {
        timer = NONE;
        long now = now();
        if (oldAt <= now) {
            oldAt = NEVER;
            events.old();
        }
        if (idleAt <= now) {
            // a request may be on its way here from another thread
            idleAt = now + idleSpan;
            events.idle();
        }
        if (pingAt <= now && !stopped) {
            pingAt = now + pingSpan;
            ping();
        }
        arm();
    }

    private void ping() {
        if (pinged && !alive) {
            events.dead();
            return;
        }
        pinged = true;
        alive = false;
        events.ping();
    }
}
