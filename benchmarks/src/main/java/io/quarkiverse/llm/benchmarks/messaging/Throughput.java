package io.quarkiverse.llm.benchmarks.messaging;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.common.GroupState;

import io.quarkiverse.llm.messaging.broker.KafkaBroker;

/** How many answers one worker and two give in turn, when their providers are what limits them. */
final class Throughput {

    private static final int CONCURRENCY = Integer.getInteger("benchmark.concurrency", 16);
    private static final int ANSWER_MILLIS = Integer.getInteger("benchmark.answer-millis", 500);
    private static final int OUTSTANDING = Integer.getInteger("benchmark.outstanding", 300);
    private static final double GOAL = 1.9;

    private final KafkaBroker broker;

    Throughput(KafkaBroker broker) {
        this.broker = broker;
    }

    void run() throws Exception {
        List<Double> one = new ArrayList<>();
        List<Double> two = new ArrayList<>();
        List<Double> ratios = new ArrayList<>();
        double failed = 0;
        try (Admin admin = broker.admin();
                FleetProcess first = worker("worker");
                FleetProcess load = new FleetProcess("load", broker.bootstrapServers(),
                        "quarkus.llm-messaging.remotes.pool.timeout=5m")) {
            awaitWorkers(admin, 1);
            measure(load, "warm-up");
            for (int round = 1; round <= Messaging.ROUNDS; round++) {
                String[] alone = measure(load, "round " + round + ", 1 worker");
                String[] both;
                try (FleetProcess second = worker("second")) {
                    awaitWorkers(admin, 2);
                    measure(load, "warm-up of the second");
                    both = measure(load, "round " + round + ", 2 workers");
                }
                awaitWorkers(admin, 1);
                one.add(Double.valueOf(alone[0]));
                two.add(Double.valueOf(both[0]));
                ratios.add(two.get(two.size() - 1) / one.get(one.size() - 1));
                failed += Double.parseDouble(alone[1]) + Double.parseDouble(both[1]);
            }
        }
        print(one, two, ratios, failed);
    }

    private FleetProcess worker(String name) throws IOException {
        return new FleetProcess(name, broker.bootstrapServers(), "quarkus.llm-messaging.workers.pool.provider=paced",
                "quarkus.llm-messaging.workers.pool.concurrency=" + CONCURRENCY);
    }

    private static String[] measure(FleetProcess load, String what) throws IOException {
        String[] result = load.ask("throughput " + OUTSTANDING + " " + ANSWER_MILLIS + " " + 2 * Messaging.LEAD + " "
                + Messaging.SECONDS);
        System.err.println(what + ": " + result[0] + " answers/s, " + result[1] + " failed");
        return result;
    }

    /** Until so many share the partitions of requests. */
    private static void awaitWorkers(Admin admin, int workers) throws InterruptedException {
        while (true) {
            try {
                ConsumerGroupDescription group = admin.describeConsumerGroups(List.of("pool-workers")).all().get()
                        .get("pool-workers");
                Collection<MemberDescription> members = group.members();
                if (group.groupState() == GroupState.STABLE && members.size() == workers && members.stream()
                        .allMatch(member -> member.assignment().topicPartitions().size() == Messaging.PARTITIONS / workers)) {
                    return;
                }
            } catch (ExecutionException e) {
                System.err.println("Waits for the group of workers: " + e.getCause().getMessage());
            }
            Thread.sleep(200);
        }
    }

    private static void print(List<Double> one, List<Double> two, List<Double> ratios, double failed) {
        System.out.printf("%n%d requests at a time, answers of %d ms, %d at a time in each worker; medians of %d rounds of %d "
                + "seconds:%n%n", OUTSTANDING, ANSWER_MILLIS, CONCURRENCY, Messaging.ROUNDS, Messaging.SECONDS);
        System.out.println("| workers | answers/s | of what the provider gives | failed |");
        System.out.println("|---|---|---|---|");
        double most = CONCURRENCY * 1000.0 / ANSWER_MILLIS;
        System.out.printf(Locale.ROOT, "| 1 | %.1f | %.0f %% | |%n", Messaging.median(one), 100 * Messaging.median(one) / most);
        System.out.printf(Locale.ROOT, "| 2 | %.1f | %.0f %% | %.0f |%n", Messaging.median(two),
                50 * Messaging.median(two) / most, failed);
        double ratio = Messaging.median(ratios);
        System.out.printf(Locale.ROOT, "%n2 workers / 1 worker: %.2f (rounds %.2f to %.2f), must be at least %.1f: %s%n", ratio,
                ratios.stream().mapToDouble(Double::doubleValue).min().orElseThrow(),
                ratios.stream().mapToDouble(Double::doubleValue).max().orElseThrow(), GOAL, ratio >= GOAL ? "yes" : "NO");
    }
}
