package io.quarkiverse.llm.messaging.runtime.worker;

import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Predicate;

/** So many may work at the same time, the others wait in their order. Not thread-safe. */
final class Places<T> {

    private final Queue<T> waiting = new ArrayDeque<>();
    private int free;

    Places(int places) {
        free = places;
    }

    /** Whether there is a place for it now; else {@link #leave} returns it later. */
    boolean enter(T newcomer) {
        if (free > 0) {
            free--;
            return true;
        }
        waiting.add(newcomer);
        return false;
    }

    /** Waits no more, if it does. */
    void forget(T gone) {
        waiting.remove(gone);
    }

    /**
     * Somebody leaves the place.
     *
     * @param wants whether one that waits still wants it; who does not waits no more
     * @return who has the place now
     */
    Optional<T> leave(Predicate<T> wants) {
        for (T next = waiting.poll(); next != null; next = waiting.poll()) {
            if (wants.test(next)) {
                return Optional.of(next);
            }
        }
        free++;
        return Optional.empty();
    }
}
