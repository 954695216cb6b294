package io.quarkiverse.llm.runtime.live;

import java.util.Collection;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import io.quarkiverse.llm.LlmProviderChange;

/**
 * Tells of changes in the order in which they were made, one after the other, and without a lock that an observer could wait
 * for: when a change is made while another is told, the thread that tells goes on with it.
 */
final class Announcements {

    private final Consumer<LlmProviderChange> observers;
    private final Queue<LlmProviderChange> untold = new ConcurrentLinkedQueue<>();
    private final AtomicInteger pending = new AtomicInteger();

    /**
     * @param observers must not throw
     */
    Announcements(Consumer<LlmProviderChange> observers) {
        this.observers = observers;
    }

    /** To be called in the order of the changes. */
    void add(Collection<LlmProviderChange> changes) {
        untold.addAll(changes);
    }

    /** Tells of all that was added. */
    void tell() {
        if (pending.getAndIncrement() > 0) {
            return;
        }
        int seen = 1;
        do {
            for (LlmProviderChange change = untold.poll(); change != null; change = untold.poll()) {
                observers.accept(change);
            }
            seen = pending.addAndGet(-seen);
        } while (seen > 0);
    }
}
