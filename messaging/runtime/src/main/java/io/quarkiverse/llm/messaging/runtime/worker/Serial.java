package io.quarkiverse.llm.messaging.runtime.worker;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

import io.smallrye.mutiny.infrastructure.Infrastructure;

/** Does one step after the other, on whichever thread brings them, and makes none wait. */
final class Serial {

    private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger steps = new AtomicInteger();

    /** At once, unless another step is being done: then right after that, on its thread. */
    void run(Runnable step) {
        if (steps.compareAndSet(0, 1)) {
            try {
                step.run();
            } finally {
                if (steps.decrementAndGet() != 0) {
                    drain();
                }
            }
        } else {
            waiting.add(step);
            if (steps.getAndIncrement() == 0) {
                drain();
            }
        }
    }

    private void drain() {
        int missed = steps.get();
        while (missed != 0) {
            for (Runnable step = waiting.poll(); step != null; step = waiting.poll()) {
                try {
                    step.run();
                } catch (RuntimeException e) {
                    // the thread that brought it is not here
                    Infrastructure.handleDroppedException(e);
                }
            }
            missed = steps.addAndGet(-missed);
        }
    }
}
