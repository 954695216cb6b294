package io.quarkiverse.llm.messaging.runtime.channel;

/** What the attributes of a Kafka channel call our strategies. They are beans where Kafka's connector is. */
public final class KafkaStrategies {

    /**
     * The {@code commit-strategy} of requests: remembers with the committed offset which later records are finished, and how
     * often each of the others was handed out.
     */
    public static final String LEDGER = "llm";

    /**
     * The {@code failure-strategy} of requests, together with {@link #LEDGER}: a refused record is handed out again, unless it
     * was refused for good.
     */
    public static final String REDELIVER = "llm";

    /**
     * The {@code commit-strategy} of events and cancels, whose consumer group is this process alone: everything since the start
     * of the process, nothing committed.
     */
    public static final String SINCE_START = "llm-since-start";

    private KafkaStrategies() {
    }
}
