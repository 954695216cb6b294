package io.quarkiverse.llm.benchmarks.endtoend;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * Runs the clients in turn against one server and prints a table: {@code flood-text-200 64 clients...} for streams as fast
 * as the client can, {@code paced-100-100 5000 clients...} for one run of paced ones.
 */
public final class Comparison {

    private static final int ROUNDS = Integer.getInteger("benchmark.rounds", 3);
    private static final int SECONDS = Integer.getInteger("benchmark.seconds", 8);
    private static final int LEAST_WARM_UP = Integer.getInteger("benchmark.least-warm-up", 30);
    private static final int MOST_WARM_UP = Integer.getInteger("benchmark.most-warm-up", 120);
    /** Percent of the CPU time that go to the compiler when a client is warm. */
    private static final double WARM = 3;
    private static final int WARM_UP_STREAMS = 64;

    private final Work work;
    private final int streams;
    private final Map<String, JavaProcess> clients = new LinkedHashMap<>();
    private final Map<String, List<Measurement>> results = new LinkedHashMap<>();

    private Comparison(Work work, int streams) {
        this.work = work;
        this.streams = streams;
    }

    public static void main(String[] arguments) throws IOException {
        Comparison comparison = new Comparison(Work.of(arguments[0]), Integer.parseInt(arguments[1]));
        try (JavaProcess server = new JavaProcess(JavaProcess.SERVER_CORE, FloodServer.class)) {
            String port = server.await("port ").substring("port ".length());
            for (int i = 2; i < arguments.length; i++) {
                comparison.start(arguments[i], port);
            }
            comparison.run();
        } finally {
            comparison.clients.values().forEach(JavaProcess::close);
        }
        comparison.print();
    }

    private void start(String client, String port) throws IOException {
        clients.put(client, new JavaProcess(JavaProcess.CLIENT_CORE, ClientProcess.class, client, port));
        results.put(client, new ArrayList<>());
    }

    private void run() throws IOException {
        for (Map.Entry<String, JavaProcess> client : clients.entrySet()) {
            warmUp(client.getKey(), client.getValue());
        }
        for (int round = 1; round <= (work.isPaced() ? 1 : ROUNDS); round++) {
            for (Map.Entry<String, JavaProcess> client : clients.entrySet()) {
                Measurement result = measure(client.getValue(), work, streams, work.isPaced() ? 0 : SECONDS);
                log("round " + round, client.getKey(), result);
                results.get(client.getKey()).add(result);
            }
        }
    }

    private void warmUp(String name, JavaProcess client) throws IOException {
        Work warmUp = work.isPaced() ? new Work(false, work.tokens(), 0) : work;
        boolean warm = false;
        for (int seconds = 0; seconds < LEAST_WARM_UP || !warm && seconds < MOST_WARM_UP; seconds += 10) {
            Measurement result = measure(client, warmUp, WARM_UP_STREAMS, 10);
            log("warm-up", name, result);
            warm = result.compiler() < WARM;
        }
    }

    private static Measurement measure(JavaProcess client, Work work, int streams, int seconds) throws IOException {
        client.send(work.model() + " " + streams + " " + seconds);
        return Measurement.of(client.await("result "));
    }

    private static void log(String what, String client, Measurement result) {
        System.err.println(what + " " + client + " " + result.line());
    }

    private void print() {
        System.out
                .println(work.model() + ", " + streams + " streams, JDK " + System.getProperty("java.version") + ", medians:");
        System.out.println();
        System.out.println("| client | us of CPU per delta | of ours | bytes per delta | deltas | failed streams | threads |"
                + " % of a core | added p50 / p99 ms |");
        System.out.println("|---|---|---|---|---|---|---|---|---|");
        double first = median(results.values().iterator().next(), Measurement::cpu);
        results.forEach((client, runs) -> System.out.println(String.format(Locale.ROOT,
                "| %s | %.2f | %.2f x | %.0f | %d | %d | %d | %.0f | %s |", client, median(runs, Measurement::cpu),
                median(runs, Measurement::cpu) / first, median(runs, Measurement::allocated),
                runs.stream().mapToLong(Measurement::deltas).sum(), runs.stream().mapToLong(Measurement::failed).sum(),
                runs.stream().mapToInt(Measurement::threads).max().orElse(0), median(runs, Measurement::core),
                work.isPaced() ? String.format(Locale.ROOT, "%.1f / %.1f", median(runs, Measurement::p50) / 1000,
                        median(runs, Measurement::p99) / 1000) : "")));
    }

    private static double median(List<Measurement> runs, ToDoubleFunction<Measurement> figure) {
        List<Measurement> sorted = new ArrayList<>(runs);
        sorted.sort(Comparator.comparingDouble(figure));
        return figure.applyAsDouble(sorted.get(sorted.size() / 2));
    }
}
