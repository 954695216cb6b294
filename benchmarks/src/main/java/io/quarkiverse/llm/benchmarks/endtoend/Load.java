package io.quarkiverse.llm.benchmarks.endtoend;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

/** Keeps a number of streams under way and counts what they bring. A stream that brings too little or too much has failed. */
final class Load {

    private static final long MOST_LATENCY = TimeUnit.MINUTES.toMicros(10);

    private final Client client;
    private final Work work;
    private final LongAdder deltas = new LongAdder();
    private final LongAdder whole = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final AtomicInteger underWay = new AtomicInteger();
    /** Microseconds between a paced token's departure and its arrival at the callback. */
    private final Recorder latency = new Recorder(MOST_LATENCY, 3);
    private volatile Throwable lastFailure;
    private volatile boolean more = true;

    Load(Client client, Work work) {
        this.client = client;
        this.work = work;
    }

    void start(int streams) {
        for (int i = 0; i < streams; i++) {
            underWay.incrementAndGet();
            begin();
        }
    }

    private void begin() {
        client.stream(work.model(), new Counted());
    }

    private final class Counted implements Client.Stream {

        private int brought;

        @Override
        public void delta(String text) {
            brought++;
            if (work.isPaced()) {
                long nanos = System.nanoTime() - Long.parseLong(text, 1, text.length(), 10);
                latency.recordValue(Math.max(0, Math.min(MOST_LATENCY, TimeUnit.NANOSECONDS.toMicros(nanos))));
            }
        }

        @Override
        public void completed() {
            deltas.add(brought);
            if (brought == work.tokens()) {
                whole.increment();
                next();
            } else {
                failed(new IllegalStateException(brought + " deltas instead of " + work.tokens()));
            }
        }

        @Override
        public void failed(Throwable failure) {
            failed.increment();
            lastFailure = failure;
            next();
        }

        private void next() {
            if (more) {
                begin();
            } else {
                underWay.decrementAndGet();
            }
        }
    }

    /** Begins no further streams and waits for those under way. */
    boolean finish(long seconds) throws InterruptedException {
        more = false;
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (underWay.get() > 0 && System.nanoTime() < end) {
            Thread.sleep(5);
        }
        return underWay.get() == 0;
    }

    /** Deltas of the streams that are over. */
    long deltas() {
        return deltas.sum();
    }

    long whole() {
        return whole.sum();
    }

    long failed() {
        return failed.sum();
    }

    int underWay() {
        return underWay.get();
    }

    Throwable lastFailure() {
        return lastFailure;
    }

    Histogram latency() {
        return latency.getIntervalHistogram();
    }
}
