package io.quarkiverse.llm.benchmarks.messaging;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** What the way through Kafka adds to each event of many streams, in turn with a round trip over bare Kafka. */
final class Hop {

    private static final int STREAMS = Integer.getInteger("benchmark.streams", 200);
    private static final int INTERVAL = Integer.getInteger("benchmark.interval", 20);
    private static final int MOST_WARM_UP = Integer.getInteger("benchmark.most-warm-up", 240);
    private static final int WARM_UP_STEP = 15;
    /** Of the time, that the compiler may take in both processes together when they are warm. */
    private static final double WARM = 0.05;
    /** Of what is asked for, that must have come for a round to count. */
    private static final double WHOLE = 0.98;

    private final String servers;

    Hop(String servers) {
        this.servers = servers;
    }

    void run() throws IOException {
        try (FleetProcess worker = new FleetProcess("worker", servers, "quarkus.llm-messaging.workers.pool.provider=paced",
                "quarkus.llm-messaging.workers.pool.concurrency=" + STREAMS);
                FleetProcess load = new FleetProcess("load", servers, "quarkus.llm-messaging.remotes.pool.timeout=5m")) {
            worker.ask("echo");
            List<Candidate> both = List.of(new Candidate("bare", load), new Candidate("hop", load));
            warmUp(both, worker, load);
            for (int round = 1; round <= Messaging.ROUNDS; round++) {
                for (Candidate candidate : both) {
                    candidate.rounds.add(candidate.round("round " + round, Messaging.SECONDS));
                }
            }
            print(both.get(0), both.get(1));
        }
    }

    private static void warmUp(List<Candidate> both, FleetProcess... processes) throws IOException {
        long before = compiler(processes);
        for (int past = 0; past < MOST_WARM_UP; past += 2 * WARM_UP_STEP) {
            for (Candidate candidate : both) {
                candidate.round("warm-up", WARM_UP_STEP);
            }
            long now = compiler(processes);
            double share = (now - before) / (2000.0 * WARM_UP_STEP);
            System.err.printf(Locale.ROOT, "the compiler took %.0f %% of the time%n", 100 * share);
            if (share < WARM) {
                return;
            }
            before = now;
        }
    }

    private static long compiler(FleetProcess... processes) throws IOException {
        long millis = 0;
        for (FleetProcess process : processes) {
            millis += Long.parseLong(process.ask("compiler")[0]);
        }
        return millis;
    }

    /**
     * @param rate events a second
     * @param p50 in microseconds, as the others
     */
    private record Round(double rate, double p50, double p99, double p999, double failed) {

        static Round of(String[] words) {
            double[] figures = Arrays.stream(words).mapToDouble(Double::parseDouble).toArray();
            return new Round(figures[0], figures[1], figures[2], figures[3], figures.length > 4 ? figures[4] : 0);
        }
    }

    private record Candidate(String name, FleetProcess load, List<Round> rounds) {

        Candidate(String name, FleetProcess load) {
            this(name, load, new ArrayList<>());
        }

        Round round(String what, int seconds) throws IOException {
            Round round = Round.of(load.ask(name + " " + STREAMS + " " + INTERVAL + " " + Messaging.LEAD + " " + seconds));
            System.err.println(what + " " + name + ": " + round);
            return round;
        }

        double median(ToDoubleFunction<Round> figure) {
            return Messaging.median(rounds.stream().map(figure::applyAsDouble).toList());
        }
    }

    private static void print(Candidate bare, Candidate hop) {
        double due = 1000.0 / INTERVAL * STREAMS;
        System.out.printf("%n%d streams, an event each %d ms; JDK %s, medians of %d rounds of %d seconds:%n%n", STREAMS,
                INTERVAL,
                System.getProperty("java.version"), Messaging.ROUNDS, Messaging.SECONDS);
        System.out.println("| | p50 ms | p99 ms | p99.9 ms | delivered | failed streams |");
        System.out.println("|---|---|---|---|---|---|");
        for (Candidate candidate : List.of(bare, hop)) {
            System.out.printf(Locale.ROOT, "| %s | %.2f | %.2f | %.2f | %.1f %% | %.0f |%n", candidate.name,
                    candidate.median(Round::p50) / 1000, candidate.median(Round::p99) / 1000,
                    candidate.median(Round::p999) / 1000, 100 * candidate.median(Round::rate) / due,
                    candidate.rounds.stream().mapToDouble(Round::failed).sum());
        }
        double[] ratios = new double[hop.rounds.size()];
        Arrays.setAll(ratios, i -> hop.rounds.get(i).p99 / bare.rounds.get(i).p99);
        Arrays.sort(ratios);
        double ratio = ratios[ratios.length / 2];
        boolean whole = hop.median(Round::rate) >= WHOLE * due && bare.median(Round::rate) >= WHOLE * due;
        System.out.printf(Locale.ROOT, "%nhop p99 / bare p99: %.2f (rounds %.2f to %.2f), must be at most 2: %s%n", ratio,
                ratios[0], ratios[ratios.length - 1], !whole ? "the machine was too slow" : ratio <= 2 ? "yes" : "NO");
    }
}
