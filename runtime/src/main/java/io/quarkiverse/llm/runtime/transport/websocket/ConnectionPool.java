package io.quarkiverse.llm.runtime.transport.websocket;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.netty.channel.EventLoop;

/**
 * Places for requests, each with a connection or the right to make one; and a bounded queue, first come first served, of those
 * that wait for a place. Who has a place gives it back once: with a connection that can be used again, or without. Thread-safe.
 *
 * @param <C> the connections
 */
final class ConnectionPool<C extends Pooled> {

    /** How long a connection is left to its conversation, while there may be new ones. */
    static final Duration LEFT_FOR = Duration.ofSeconds(10);

    /**
     * @param connections open at a time
     * @param requests under way at a time
     * @param queued further requests that wait
     * @param queuedBytes of those that wait
     * @param leftFor how long a connection is left to its conversation, while there may be new ones
     */
    record Limits(int connections, int requests, int queued, long queuedBytes, Duration leftFor) {

        int places() {
            return Math.min(connections, requests);
        }

        /** Whether who finds no place lacks a connection, and not the leave to have one more request under way. */
        boolean isForLackOfConnections() {
            return connections < requests;
        }
    }

    /** What came of asking for a place. */
    enum Outcome {
        ENTERED,
        /** A place will come, with a call of {@link Waiter#entered}. */
        QUEUED,
        /** Likewise, and this one is the first to wait. */
        QUEUED_FIRST,
        /** There is no connection left, and it does not wait for one. */
        ALL_TAKEN,
        TOO_MANY,
        TOO_LARGE
    }

    /**
     * @param connection of a place; empty for the right to make one
     */
    record Entry<C>(Outcome outcome, Optional<C> connection) {
    }

    /** A request. */
    interface Waiter<C> {

        Handshake handshake();

        EventLoop eventLoop();

        FrameSource frames();

        /** Whether it waits for a connection. For room among the requests that may be under way all wait. */
        boolean mayWait();

        /** There is a place. Called on the thread that made it. */
        void entered(Optional<C> connection);
    }

    private final Limits limits;
    private final IdleConnections<C> idle = new IdleConnections<>();
    /** With its bytes: they may be another number later. */
    private final Map<Waiter<C>, Long> queue = new LinkedHashMap<>();
    private long queuedBytes;
    private int taken;
    private boolean keepsNone;

    ConnectionPool(Limits limits) {
        this.limits = limits;
    }

    Entry<C> enter(Waiter<C> waiter) {
        Optional<C> displaced;
        Optional<C> chosen;
        synchronized (this) {
            if (taken >= limits.places()) {
                return new Entry<>(wait(waiter), Optional.empty());
            }
            taken++;
            chosen = choose(waiter);
            displaced = chosen.isEmpty() ? makeRoom() : Optional.empty();
        }
        displaced.ifPresent(Pooled::close);
        return new Entry<>(Outcome.ENTERED, chosen);
    }

    private Outcome wait(Waiter<C> waiter) {
        if (limits.isForLackOfConnections() && !waiter.mayWait()) {
            return Outcome.ALL_TAKEN;
        }
        long size = waiter.frames().size();
        if (queue.size() >= limits.queued()) {
            return Outcome.TOO_MANY;
        } else if (size > limits.queuedBytes() - queuedBytes) {
            return Outcome.TOO_LARGE;
        }
        queue.put(waiter, size);
        queuedBytes += size;
        return queue.size() == 1 ? Outcome.QUEUED_FIRST : Outcome.QUEUED;
    }

    private Optional<C> choose(Waiter<C> waiter) {
        ConnectionChoice<C> choice = new ConnectionChoice<>(idle.of(waiter.handshake()), waiter, limits.leftFor(),
                System.nanoTime());
        Optional<C> chosen = choice.better();
        if (chosen.isEmpty() && taken + idle.size() > limits.connections()) {
            chosen = choice.fair();
        }
        chosen.ifPresent(idle::remove);
        return chosen;
    }

    /** For a new one, when there are as many as may be: the one that has been idle longest, of other credentials. */
    private Optional<C> makeRoom() {
        return taken + idle.size() <= limits.connections() ? Optional.empty() : idle.takeLongest();
    }

    /** Whether it was still waiting; if not, a place has been given to it. */
    synchronized boolean giveUp(Waiter<C> waiter) {
        Long size = queue.remove(waiter);
        queuedBytes -= size == null ? 0 : size;
        return size != null;
    }

    /** Gives a place back. */
    void leave() {
        give(Optional.empty());
    }

    /** Gives a place back with a connection that is as good as new. */
    void giveBack(C connection) {
        give(Optional.of(connection));
    }

    private void give(Optional<C> connection) {
        Waiter<C> next;
        Optional<C> chosen;
        List<C> unwanted = new ArrayList<>();
        synchronized (this) {
            taken--;
            connection.ifPresent(free -> idle.add(free, System.nanoTime()));
            Iterator<Waiter<C>> waiting = queue.keySet().iterator();
            if (!waiting.hasNext() || taken >= limits.places()) {
                if (keepsNone) {
                    unwanted.addAll(idle.takeAll());
                }
                next = null;
                chosen = Optional.empty();
            } else {
                next = waiting.next();
                giveUp(next);
                taken++;
                chosen = choose(next);
                if (chosen.isEmpty()) {
                    makeRoom().ifPresent(unwanted::add);
                }
            }
        }
        unwanted.forEach(Pooled::close);
        if (next != null) {
            next.entered(chosen);
        }
    }

    /** Whether it was idle; if not, somebody has it. */
    synchronized boolean remove(C connection) {
        return idle.remove(connection);
    }

    /** Keeps no idle connections from now on. */
    void keepNone() {
        List<C> unwanted;
        synchronized (this) {
            keepsNone = true;
            unwanted = idle.takeAll();
        }
        unwanted.forEach(Pooled::close);
    }
}
