package io.quarkiverse.llm.benchmarks.fleet;

import java.util.Locale;

import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

/** Of one round, from its lead-in to its end. Thread-safe. */
final class Latencies {

    private static final long LARGEST = 60_000_000_000L;

    private final Recorder recorder = new Recorder(LARGEST, 3);
    private volatile boolean counting;

    void record(long nanos) {
        if (counting) {
            recorder.recordValue(Math.min(LARGEST, Math.max(0, nanos)));
        }
    }

    /** Waits for the lead-in, then for the measured time, and tells how many there were a second, and p50, p99, p99.9 in us. */
    String measure(int leadMillis, int seconds) throws InterruptedException {
        Thread.sleep(leadMillis);
        recorder.reset();
        counting = true;
        long begin = System.nanoTime();
        Thread.sleep(1000L * seconds);
        counting = false;
        double measured = (System.nanoTime() - begin) / 1e9;
        Histogram all = recorder.getIntervalHistogram();
        return String.format(Locale.ROOT, "%.0f %.0f %.0f %.0f", all.getTotalCount() / measured,
                all.getValueAtPercentile(50) / 1000.0, all.getValueAtPercentile(99) / 1000.0,
                all.getValueAtPercentile(99.9) / 1000.0);
    }
}
