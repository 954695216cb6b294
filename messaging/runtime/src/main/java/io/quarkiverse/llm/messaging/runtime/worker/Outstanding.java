package io.quarkiverse.llm.messaging.runtime.worker;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/** Counts what is not written yet. Thread-safe. */
final class Outstanding {

    /** One more than messages, until {@link #close()}. */
    private final AtomicInteger open = new AtomicInteger(1);
    private final AtomicReference<Throwable> first = new AtomicReference<>();
    private final Consumer<Throwable> done;

    /**
     * @param done called once, when all is written or failed: with the first failure or {@code null}
     */
    Outstanding(Consumer<Throwable> done) {
        this.done = done;
    }

    void add() {
        open.incrementAndGet();
    }

    /** One of them is written, or not: then with the reason. */
    void written(Throwable failure) {
        if (failure != null) {
            first.compareAndSet(null, failure);
        }
        close();
    }

    /** Nothing will be added. */
    void close() {
        if (open.decrementAndGet() == 0) {
            done.accept(first.get());
        }
    }
}
