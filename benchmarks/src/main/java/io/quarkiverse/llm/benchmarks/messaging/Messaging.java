package io.quarkiverse.llm.benchmarks.messaging;

import java.util.List;

import io.quarkiverse.llm.messaging.broker.KafkaBroker;

/** Measures the way over Kafka against a broker of its own and prints tables: {@code hop}, {@code throughput} or both. */
public final class Messaging {

    static final int ROUNDS = Integer.getInteger("benchmark.rounds", 5);
    static final int SECONDS = Integer.getInteger("benchmark.seconds", 10);
    static final int PARTITIONS = Integer.getInteger("benchmark.partitions", 8);
    /** Milliseconds of a round that do not count. */
    static final int LEAD = 2000;

    private Messaging() {
    }

    public static void main(String[] arguments) throws Exception {
        try (KafkaBroker broker = KafkaBroker.started()) {
            for (String topic : List.of("pool-requests", "pool-events", "pool-responses", "bare-there", "bare-back")) {
                broker.createTopic(topic, PARTITIONS);
            }
            broker.createTopic("pool-cancels", 1);
            broker.createTopic("pool-dead-letters", 1);
            for (String what : arguments) {
                switch (what) {
                    case "hop" -> new Hop(broker.bootstrapServers()).run();
                    case "throughput" -> new Throughput(broker).run();
                    default -> throw new IllegalArgumentException("No " + what + ": say hop or throughput");
                }
            }
        }
    }

    static double median(List<Double> values) {
        double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        return sorted[sorted.length / 2];
    }
}
