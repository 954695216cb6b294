package io.quarkiverse.llm.benchmarks.fleet;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Calls many on one thread, each at its own beat, a millisecond exact. */
final class Pacer {

    private static final long GRID = TimeUnit.MILLISECONDS.toNanos(1);

    private static final class Beat {

        private final long interval;
        private final BooleanSupplier action;
        private long due;

        Beat(long interval, BooleanSupplier action) {
            this.interval = interval;
            this.action = action;
            this.due = System.nanoTime() + interval;
        }

        /** @return whether it goes on; who is late has all that is due at once */
        boolean call(long now) {
            boolean on = true;
            while (on && now - due >= 0) {
                due += interval;
                on = action.getAsBoolean();
            }
            return on;
        }
    }

    private final Queue<Beat> beats = new ConcurrentLinkedQueue<>();

    private final Thread thread;
    private volatile boolean ended;

    Pacer(String name) {
        thread = new Thread(this::run, name);
        thread.setDaemon(true);
        thread.start();
    }

    /** @param action called each so many milliseconds until it says that it has done enough */
    void every(int millis, BooleanSupplier action) {
        beats.add(new Beat(TimeUnit.MILLISECONDS.toNanos(millis), action));
    }

    /** Nothing is called any more afterwards. */
    void end() throws InterruptedException {
        ended = true;
        thread.join();
    }

    private void run() {
        while (!ended) {
            long now = System.nanoTime();
            beats.removeIf(beat -> !beat.call(now));
            LockSupport.parkNanos(GRID);
        }
    }
}
