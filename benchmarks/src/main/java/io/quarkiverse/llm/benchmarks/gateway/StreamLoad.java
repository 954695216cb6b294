package io.quarkiverse.llm.benchmarks.gateway;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.concurrent.TimeUnit;

import io.quarkiverse.llm.benchmarks.endtoend.Work;

/**
 * The process that opens streams. Lines of its input: {@code run <RESPONSES or CHAT> <port> <model> <streams> <seconds>}
 * keeps so many streams under way for so long, 0 seconds are one stream each; {@code unread} does the latter and reads
 * nothing until {@code read}. {@code count} is answered by {@code count <deltas>} at any time during the run, its end by a
 * {@link StreamResult}.
 */
public final class StreamLoad {

    private static final int PATIENCE = 30;

    private StreamRun run;
    private Thread finisher = new Thread();

    public static void main(String[] arguments) throws Exception {
        StreamLoad load = new StreamLoad();
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            load.handle(line.split(" "));
        }
        System.exit(0);
    }

    private void handle(String[] words) throws IOException {
        switch (words[0]) {
            case "count" -> System.out.println("count " + run.deltas());
            case "read" -> run.read();
            default -> start(words);
        }
    }

    private void start(String[] words) throws IOException {
        Work work = Work.of(words[3]);
        int streams = Integer.parseInt(words[4]);
        long seconds = Long.parseLong(words[5]);
        StreamRun started = new StreamRun(StreamScan.valueOf(words[1]), Integer.parseInt(words[2]), work, seconds == 0,
                words[0].equals("run"));
        run = started;
        finisher.interrupt();
        if (seconds > 0) {
            finisher = new Thread(() -> {
                try {
                    TimeUnit.SECONDS.sleep(seconds);
                    started.finish();
                } catch (InterruptedException e) {
                    // another run has begun
                }
            });
            finisher.setDaemon(true);
            finisher.start();
        }
        long patience = seconds + PATIENCE + (long) work.tokens() * work.interval() / 1000;
        new Thread(() -> run(started, streams, System.nanoTime() + TimeUnit.SECONDS.toNanos(patience))).start();
    }

    private static void run(StreamRun run, int streams, long latestEnd) {
        long begin = System.nanoTime();
        try {
            run.run(streams, latestEnd);
        } catch (IOException | RuntimeException e) {
            e.printStackTrace();
        }
        if (run.lastFailure() != null) {
            run.lastFailure().printStackTrace();
        }
        System.out.println(new StreamResult(run.deltas(), run.whole(), run.failed(), (System.nanoTime() - begin) / 1e9,
                run.first.getValueAtPercentile(50) / 1e3, run.first.getValueAtPercentile(99) / 1e3,
                run.latency.getValueAtPercentile(50) / 1e6, run.latency.getValueAtPercentile(99) / 1e6).line());
    }
}
