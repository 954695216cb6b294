package io.quarkiverse.llm.scripted;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The requests that arrived, in their order. */
final class RequestLog {

    private final List<RecordedRequest> all = new CopyOnWriteArrayList<>();
    private final BlockingQueue<RecordedRequest> notTaken = new LinkedBlockingQueue<>();
    private final AtomicInteger numbers = new AtomicInteger();

    int nextNumber() {
        return numbers.incrementAndGet();
    }

    void add(RecordedRequest request) {
        all.add(request);
        notTaken.add(request);
    }

    List<RecordedRequest> all() {
        return List.copyOf(all);
    }

    RecordedRequest take(Duration atMost) {
        try {
            RecordedRequest request = notTaken.poll(atMost.toMillis(), TimeUnit.MILLISECONDS);
            if (request == null) {
                throw new AssertionError("No request arrived within " + atMost);
            }
            return request;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted while waiting for a request", e);
        }
    }

    void reset() {
        all.clear();
        notTaken.clear();
        numbers.set(0);
    }
}
