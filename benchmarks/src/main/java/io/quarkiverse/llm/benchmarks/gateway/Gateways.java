package io.quarkiverse.llm.benchmarks.gateway;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

import io.quarkiverse.llm.benchmarks.endtoend.Work;

/**
 * Runs gateways in turn before one server and prints tables: {@code bare,gateway,direct flood paced requests first heap}. The
 * first of the candidates is the one that the others are compared with.
 */
public final class Gateways {

    private static final int ROUNDS = Integer.getInteger("benchmark.rounds", 3);
    private static final int SECONDS = Integer.getInteger("benchmark.seconds", 4);
    private static final int LEAST_WARM_UP = Integer.getInteger("benchmark.least-warm-up", 20);
    private static final int MOST_WARM_UP = Integer.getInteger("benchmark.most-warm-up", 90);
    /** Percent of the CPU time that go to the compiler when a candidate is warm. */
    private static final double WARM = 3;
    private static final int WARM_UP_STEP = 5;
    private static final double LEAD = 0.5;
    private static final double PACED_LEAD = 1.5;
    private static final int INTERVAL = 20;

    private final Bench bench;
    private final List<Candidate> candidates = new ArrayList<>();

    private Gateways(Bench bench) {
        this.bench = bench;
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        try (Bench bench = new Bench()) {
            Gateways gateways = new Gateways(bench);
            try {
                for (String name : arguments[0].split(",")) {
                    gateways.candidates.add(Candidate.start(name, bench.serverPort));
                }
                gateways.warmUp();
                for (int i = 1; i < arguments.length; i++) {
                    gateways.run(arguments[i]);
                }
            } finally {
                gateways.candidates.forEach(Candidate::close);
            }
        }
    }

    private void warmUp() throws IOException, InterruptedException {
        for (Candidate candidate : candidates) {
            if (!candidate.isMeasured()) {
                continue;
            }
            new StreamCheck(candidate).run();
            int warm = 0;
            for (int past = 0; past < LEAST_WARM_UP || warm < 2 && past < MOST_WARM_UP; past += WARM_UP_STEP) {
                // short streams too, since their beginning and end are other code
                Work work = new Work(false, past % 2 == 0 ? 200 : 10, 0);
                Round round = bench.measure(candidate, work, 64, LEAD, WARM_UP_STEP);
                System.err.println("warm-up " + candidate.name + ": " + round);
                warm = round.compiler() < WARM ? warm + 1 : 0;
            }
        }
    }

    private void run(String mode) throws IOException, InterruptedException {
        switch (mode) {
            case "flood" -> table("64 streams x 200 tokens", turns(new Work(false, 200, 0), 64), 1);
            case "paced" -> {
                for (int streams : new int[] { 500, 1000 }) {
                    int tokens = (int) (1000 * (PACED_LEAD + SECONDS + 0.5) / INTERVAL);
                    table(streams + " streams, a token each 20 ms",
                            turns(new Work(false, tokens, INTERVAL), streams), streams * 1000.0 / INTERVAL);
                }
            }
            case "requests" -> requests(turns(new Work(false, 10, 0), 64));
            case "first" -> first(turns(new Work(false, 10, 0), 1));
            case "heap" -> new GatewayHeap(bench).print(candidates);
            default -> throw new IllegalArgumentException("No mode " + mode + ": say flood, paced, requests, first or heap");
        }
    }

    /** A first turn of each that does not count, then as many rounds as were asked for. */
    private Map<Candidate, List<Round>> turns(Work work, int streams) throws IOException, InterruptedException {
        Map<Candidate, List<Round>> rounds = new LinkedHashMap<>();
        candidates.forEach(candidate -> rounds.put(candidate, new ArrayList<>()));
        for (int number = 0; number <= ROUNDS; number++) {
            for (Candidate candidate : candidates) {
                Round round = bench.measure(candidate, work, streams, work.isPaced() ? PACED_LEAD : LEAD, SECONDS);
                System.err.println(work.model() + " x " + streams + " round " + number + " " + candidate.name + ": " + round);
                if (number > 0) {
                    rounds.get(candidate).add(round);
                }
            }
        }
        return rounds;
    }

    /** @param due deltas a second that the server sends; 1 if as many as it can */
    private void table(String title, Map<Candidate, List<Round>> turns, double due) {
        print(title, "us of CPU per delta | ratio | of the rounds | deltas/s | delivered | core | server and client | whole | "
                + "failed | p50 / p99 ms", turns,
                rounds -> String.format(Locale.ROOT,
                        "%.2f | %s | %.0f | %s | %.0f %% | %.0f %% | %d | %d | %.1f / %.1f", Round.median(rounds, Round::cpu),
                        ratio(turns, rounds), Round.median(rounds, Round::rate),
                        due == 1 ? "" : String.format(Locale.ROOT, "%.1f %%", 100 * Round.median(rounds, Round::rate) / due),
                        Round.median(rounds, Round::core), Round.median(rounds, Round::rest),
                        rounds.stream().mapToLong(round -> round.streams().whole()).sum(), failed(rounds),
                        Round.median(rounds, round -> round.streams().latency50()),
                        Round.median(rounds, round -> round.streams().latency99())));
    }

    private void requests(Map<Candidate, List<Round>> turns) {
        print("64 connections, 10 tokens for each request", "us of CPU per request | ratio | of the rounds | requests/s | "
                + "server and client | failed", turns,
                rounds -> String.format(Locale.ROOT, "%.1f | %s | %.0f | %.0f %% | %d",
                        10 * Round.median(rounds, Round::cpu), ratio(turns, rounds),
                        Round.median(rounds, Round::rate) / 10, Round.median(rounds, Round::rest), failed(rounds)));
    }

    private void first(Map<Candidate, List<Round>> turns) {
        print("One stream at a time, from the request to the first delta", "p50 us | p99 us | us of CPU per request | ratio | "
                + "of the rounds | failed", turns,
                rounds -> String.format(Locale.ROOT, "%.0f | %.0f | %.1f | %s | %d",
                        Round.median(rounds, round -> round.streams().first50()),
                        Round.median(rounds, round -> round.streams().first99()), 10 * Round.median(rounds, Round::cpu),
                        ratio(turns, rounds), failed(rounds)));
    }

    private static long failed(List<Round> rounds) {
        return rounds.stream().mapToLong(round -> round.streams().failed()).sum();
    }

    /** That of the medians, and the least and the most of single rounds. */
    private static String ratio(Map<Candidate, List<Round>> turns, List<Round> rounds) {
        List<Round> first = turns.values().iterator().next();
        double[] each = new double[rounds.size()];
        for (int i = 0; i < each.length; i++) {
            each[i] = rounds.get(i).cpu() / first.get(i).cpu();
        }
        Arrays.sort(each);
        return String.format(Locale.ROOT, "%.2f | %.2f to %.2f", Round.median(rounds, Round::cpu)
                / Round.median(first, Round::cpu), each[0], each[each.length - 1]);
    }

    private static void print(String title, String columns, Map<Candidate, List<Round>> turns,
            Function<List<Round>, String> row) {
        System.out.printf("%n%s; JDK %s, medians of %d rounds of %d seconds:%n%n", title, System.getProperty("java.version"),
                ROUNDS, SECONDS);
        System.out.println("| | " + columns + " |");
        System.out.println("|---".repeat(columns.split("\\|").length + 1) + "|");
        turns.forEach((candidate, rounds) -> System.out.println("| " + candidate.name + " | " + row.apply(rounds) + " |"));
    }
}
