package io.quarkiverse.llm.messaging.it;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How requests have ended. Each counts once, by its first call; a call that a caller makes again because the first one has
 * failed is counted apart.
 */
final class Tally {

    private final AtomicInteger answered = new AtomicInteger();
    private final AtomicInteger failed = new AtomicInteger();
    private final AtomicInteger lost = new AtomicInteger();
    private final AtomicInteger repeated = new AtomicInteger();
    private final List<String> trouble = new CopyOnWriteArrayList<>();

    void add(Call.End end, Call call) {
        switch (end) {
            case ANSWERED -> answered.incrementAndGet();
            case FAILED -> failed.incrementAndGet();
            case LOST -> lost.incrementAndGet();
        }
        if (end != Call.End.ANSWERED) {
            trouble.add(end + ": " + call);
        }
    }

    void addRepeated() {
        repeated.incrementAndGet();
    }

    int requests() {
        return answered.get() + failed.get() + lost.get();
    }

    int failed() {
        return failed.get();
    }

    int lost() {
        return lost.get();
    }

    int repeated() {
        return repeated.get();
    }

    double answeredPercent() {
        return 100.0 * answered.get() / requests();
    }

    List<String> trouble() {
        return trouble;
    }

    @Override
    public String toString() {
        return "%d requests: %d answered exactly once (%.2f %%), %d failed with a typed error (of these %d answered when asked "
                .formatted(requests(), answered.get(), answeredPercent(), failed.get(), repeated.get())
                + "for again), " + lost.get() + " lost";
    }
}
