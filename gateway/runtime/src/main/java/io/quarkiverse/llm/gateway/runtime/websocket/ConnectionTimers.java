package io.quarkiverse.llm.gateway.runtime.websocket;

import io.vertx.core.Vertx;

/** Tells when a connection should show that it is there, has been idle for long, or has lived as long as it may. */
final class ConnectionTimers {

    private static final long NONE = -1;

    /** What to do about it. */
    interface Events {

        void ping();

        /** Whether the client takes nothing: then it cannot answer either. */
        boolean isStuck();

        /** It has shown no sign of life for two intervals, or has taken nothing for as long as it may. */
        void dead();

        void unused();

        void old();
    }

    private final Vertx vertx;
    private final WebSocketLimits limits;
    private final Events events;
    private long ping = NONE;
    private long idle = NONE;
    private long old = NONE;
    private int unanswered;
    private long stuckSince;
    private boolean stuck;

    ConnectionTimers(Vertx vertx, WebSocketLimits limits, Events events) {
        this.vertx = vertx;
        this.limits = limits;
        this.events = events;
    }

    void start() {
        old = vertx.setTimer(limits.lifetime().toMillis(), due -> events.old());
        if (!limits.pingInterval().isZero()) {
            ping = vertx.setPeriodic(Math.max(1, limits.pingInterval().toMillis()), due -> ping());
        }
        idle();
    }

    private void ping() {
        if (events.isStuck()) {
            long now = System.nanoTime();
            if (!stuck) {
                stuck = true;
                stuckSince = now;
            } else if (now - stuckSince >= limits.writeTime().toNanos()) {
                events.dead();
            }
            return;
        }
        stuck = false;
        if (unanswered >= 2) {
            events.dead();
        } else {
            unanswered++;
            events.ping();
        }
    }

    void signOfLife() {
        unanswered = 0;
    }

    /** There are requests. */
    void busy() {
        vertx.cancelTimer(idle);
    }

    /** There are none any more. */
    void idle() {
        if (!limits.idleTime().isZero()) {
            vertx.cancelTimer(idle);
            idle = vertx.setTimer(limits.idleTime().toMillis(), due -> events.unused());
        }
    }

    void stop() {
        vertx.cancelTimer(old);
        vertx.cancelTimer(ping);
        vertx.cancelTimer(idle);
    }
}
