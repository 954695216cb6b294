package io.quarkiverse.llm.benchmarks.fleet;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

import io.quarkiverse.llm.LlmEvent;
import io.quarkiverse.llm.LlmProvider;
import io.quarkiverse.llm.LlmRequest;

/** Asks workers for streams. */
final class Load {

    /** Milliseconds over which streams begin, so that they do not all speak at once. */
    private static final int RAMP = 1000;
    private static final int PATIENCE = 120;

    private final LlmProvider provider;
    private final LongAdder failed = new LongAdder();

    Load(LlmProvider provider) {
        this.provider = provider;
    }

    /**
     * One round of so many streams with an event each so many milliseconds.
     *
     * @return events a second, their latencies, and how many streams failed in all
     */
    String measure(int streams, int interval, int leadMillis, int seconds) throws InterruptedException {
        Latencies latencies = new Latencies();
        CountDownLatch ended = new CountDownLatch(streams);
        int events = (RAMP + leadMillis + 1000 * seconds + 500) / interval;
        LlmRequest request = LlmRequest.builder().model(events + "-" + interval).user("Go").build();
        for (int i = 0; i < streams; i++) {
            provider.stream(request).subscribe().with(event -> {
                if (event instanceof LlmEvent.TextDelta text) {
                    latencies.record(Stamp.age(text.delta()));
                }
            }, failure -> {
                fail(failure);
                ended.countDown();
            }, ended::countDown);
            ramp(streams);
        }
        String result = latencies.measure(leadMillis, seconds);
        if (!ended.await(PATIENCE, TimeUnit.SECONDS)) {
            throw new IllegalStateException(ended.getCount() + " streams did not end");
        }
        return result + " " + failed.sumThenReset();
    }

    /** The pause between the beginnings of two streams: all at once would be a load of its own. */
    static void ramp(int streams) throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(TimeUnit.MILLISECONDS.toNanos(RAMP) / streams);
    }

    /**
     * Keeps so many requests under way, or waiting, whose answers take so many milliseconds.
     *
     * @return answers a second, and how many failed in all
     */
    String throughput(int outstanding, int millis, int leadMillis, int seconds) throws InterruptedException {
        Backlog backlog = new Backlog(LlmRequest.builder().model("1-" + millis).user("Go").build(), outstanding);
        Thread.sleep(leadMillis);
        long before = backlog.answered.get();
        long begin = System.nanoTime();
        Thread.sleep(1000L * seconds);
        double rate = (backlog.answered.get() - before) * 1e9 / (System.nanoTime() - begin);
        backlog.end();
        return rate + " " + failed.sumThenReset();
    }

    private final class Backlog {

        private final LlmRequest request;
        private final AtomicLong answered = new AtomicLong();
        private final CountDownLatch ended;
        private volatile boolean ending;

        Backlog(LlmRequest request, int outstanding) {
            this.request = request;
            this.ended = new CountDownLatch(outstanding);
            for (int i = 0; i < outstanding; i++) {
                ask();
            }
        }

        private void ask() {
            if (ending) {
                ended.countDown();
                return;
            }
            provider.complete(request).subscribe().with(response -> {
                answered.incrementAndGet();
                ask();
            }, failure -> {
                fail(failure);
                ask();
            });
        }

        void end() throws InterruptedException {
            ending = true;
            if (!ended.await(PATIENCE, TimeUnit.SECONDS)) {
                throw new IllegalStateException(ended.getCount() + " requests were not answered");
            }
        }
    }

    private void fail(Throwable failure) {
        failed.increment();
        System.err.println("Failed: " + failure);
    }
}
