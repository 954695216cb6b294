package io.quarkiverse.llm.benchmarks.endtoend;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

import org.HdrHistogram.Histogram;

/**
 * One client in a process of its own. Each line of its input, {@code <model> <streams> <seconds>}, is a run: so many streams
 * at a time for so long; 0 seconds are one stream each, to its end. Its output is a {@link Measurement} for each.
 */
public final class ClientProcess {

    private static final int PATIENCE = 60;

    private final Client client;
    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();

    private ClientProcess(Client client) {
        this.client = client;
    }

    /** @param arguments the client's name and the server's port */
    public static void main(String[] arguments) throws Exception {
        ClientProcess process = new ClientProcess(Client.of(arguments[0], "http://127.0.0.1:" + arguments[1] + "/v1"));
        BufferedReader runs = new BufferedReader(new InputStreamReader(System.in));
        for (String run = runs.readLine(); run != null; run = runs.readLine()) {
            String[] fields = run.split(" ");
            System.out.println(process.run(Work.of(fields[0]), Integer.parseInt(fields[1]), Integer.parseInt(fields[2]))
                    .line());
        }
        System.exit(0);
    }

    private Measurement run(Work work, int streams, int seconds) throws InterruptedException {
        Load load = new Load(client, work);
        threads.resetPeakThreadCount();
        Cost before = Cost.now();
        long start = System.nanoTime();
        load.start(streams);
        if (seconds > 0) {
            Thread.sleep(1000L * seconds);
        }
        boolean over = load.finish(PATIENCE + (long) work.tokens() * work.interval() / 1000);
        double wall = System.nanoTime() - start;
        Cost cost = Cost.now().since(before);
        if (load.lastFailure() != null) {
            load.lastFailure().printStackTrace();
        }
        Histogram latency = load.latency();
        double deltas = Math.max(1, load.deltas());
        return new Measurement(load.deltas(), load.failed() + (over ? 0 : load.underWay()), cost.cpu() / 1000 / deltas,
                100.0 * cost.compiler() / (cost.cpu() + cost.compiler()), cost.allocated() / deltas,
                100 * cost.cpu() / wall, threads.getPeakThreadCount(), latency.getValueAtPercentile(50),
                latency.getValueAtPercentile(99));
    }
}
