package io.quarkiverse.llm.messaging.runtime.channel;

import java.util.LinkedHashMap;
import java.util.Map;

/** What the connector of Kafka needs to be told for our channels. */
final class KafkaDefaults {

    private static final String SERIALIZATION = "org.apache.kafka.common.serialization.";

    private KafkaDefaults() {
    }

    /**
     * Without these the channels do not do what they promise; only the configuration of the channel itself overrides them.
     *
     * @param process unique for each start of a process
     */
    static Map<String, String> needed(ChannelEnd end, String process) {
        Map<String, String> attributes = new LinkedHashMap<>();
        if (!end.incoming()) {
            attributes.put("key.serializer", SERIALIZATION + "StringSerializer");
            attributes.put("value.serializer", SERIALIZATION + "ByteArraySerializer");
            return attributes;
        }
        attributes.put("key.deserializer", SERIALIZATION + "StringDeserializer");
        attributes.put("value.deserializer", SERIALIZATION + "ByteArrayDeserializer");
        attributes.put("enable.auto.commit", "false");
        if (end.content() == ChannelEnd.Content.REQUESTS) {
            attributes.put("group.id", end.owner() + "-workers");
            attributes.put("auto.offset.reset", "earliest");
            attributes.put("commit-strategy", KafkaStrategies.LEDGER);
            attributes.put("failure-strategy", KafkaStrategies.REDELIVER);
        } else {
            // each process reads all of them, from when it starts
            attributes.put("group.id", end.channel() + "-" + process);
            // where to start is the strategy's business, and what an offset that is gone would jump over is lost
            attributes.put("auto.offset.reset", "earliest");
            attributes.put("commit-strategy", KafkaStrategies.SINCE_START);
            attributes.put("failure-strategy", "ignore");
        }
        return attributes;
    }

    /** These make them fast; what is configured for the connector as a whole overrides them, too. */
    static Map<String, String> tuning(ChannelEnd end) {
        Map<String, String> attributes = new LinkedHashMap<>();
        // the connector has ten seconds, far behind a broker that is back
        attributes.put("reconnect.backoff.max.ms", "1000");
        // the contract has the headers of the trace, and the connector would write them a second time
        attributes.put("tracing-enabled", "false");
        boolean frequent = end.content() == ChannelEnd.Content.EVENTS || end.content() == ChannelEnd.Content.CANCELS;
        if (!end.incoming()) {
            attributes.put("acks", "all");
            attributes.put("enable.idempotence", "true");
            // Kafka's own 5 are felt in each event, and none at all costs a request for nearly each
            attributes.put("linger.ms", "2");
            if (end.content() == ChannelEnd.Content.EVENTS) {
                attributes.put("max-inflight-messages", "4096");
            }
            return attributes;
        }
        if (frequent) {
            attributes.put("poll-timeout", "100");
            attributes.put("max.poll.records", "1000");
            return attributes;
        }
        // commits wait for the poll
        attributes.put("poll-timeout", "10");
        // what is fetched by one worker is not there for others
        attributes.put("max.poll.records", "16");
        attributes.put("max-queue-size-factor", "1");
        attributes.put("partition.assignment.strategy", "org.apache.kafka.clients.consumer.CooperativeStickyAssignor");
        // a crash shows soon
        attributes.put("session.timeout.ms", "10000");
        attributes.put("heartbeat.interval.ms", "1000");
        // a partition that goes to another worker waits half of it for its streams, and all others wait with it
        attributes.put("max.poll.interval.ms", "120000");
        return attributes;
    }
}
