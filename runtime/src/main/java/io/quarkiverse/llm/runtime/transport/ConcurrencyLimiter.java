package io.quarkiverse.llm.runtime.transport;

import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Room for a number of exchanges, and a bounded queue, first come first served, of those that wait for room. Thread-safe.
 */
final class ConcurrencyLimiter {

    /** What came of asking for room. */
    enum Entry {
        /** There is room: it must be given back with {@link #leave}. */
        ENTERED,
        /** Room will come, with a call of {@link Waiter#entered}. */
        QUEUED,
        /** Room will come likewise, and this one is the first to wait. */
        QUEUED_FIRST,
        REFUSED
    }

    interface Waiter {

        /** There is room now: it must be given back with {@link #leave}. Called on the thread that made room. */
        void entered();
    }

    private final int room;
    private final int maxQueued;
    private final Set<Waiter> queue = new LinkedHashSet<>();
    private int inside;

    ConcurrencyLimiter(int room, int maxQueued) {
        this.room = room;
        this.maxQueued = maxQueued;
    }

    synchronized Entry enter(Waiter waiter) {
        if (inside < room) {
            inside++;
            return Entry.ENTERED;
        }
        if (queue.size() >= maxQueued) {
            return Entry.REFUSED;
        }
        queue.add(waiter);
        return queue.size() == 1 ? Entry.QUEUED_FIRST : Entry.QUEUED;
    }

    /** Whether it was still waiting; if not, room has been given to it. */
    synchronized boolean giveUp(Waiter waiter) {
        return queue.remove(waiter);
    }

    void leave() {
        Waiter next;
        synchronized (this) {
            Iterator<Waiter> waiting = queue.iterator();
            if (!waiting.hasNext()) {
                inside--;
                return;
            }
            next = waiting.next();
            waiting.remove();
        }
        next.entered();
    }
}
