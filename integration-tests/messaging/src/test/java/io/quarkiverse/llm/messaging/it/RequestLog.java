package io.quarkiverse.llm.messaging.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.function.Predicate.isEqual;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

import io.quarkiverse.llm.messaging.broker.KafkaBroker;

/** What stands in Kafka, and how far the workers are in it. */
record RequestLog(KafkaBroker kafka) {

    static final String REQUESTS = "pool-requests";
    static final String EVENTS = "pool-events";
    static final String RESPONSES = "pool-responses";
    static final String DEAD_LETTERS = "pool-dead-letters";
    private static final String WORKERS = "pool-workers";
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    void append(ProducerRecord<String, byte[]> record) {
        try (KafkaProducer<String, byte[]> producer = new KafkaProducer<>(Map.of("bootstrap.servers", kafka.bootstrapServers()),
                new StringSerializer(), new ByteArraySerializer())) {
            producer.send(record).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** The same record once more. */
    void repeat(ConsumerRecord<String, byte[]> record) {
        append(new ProducerRecord<>(record.topic(), null, record.key(), record.value(), record.headers()));
    }

    /** Another request on the same partition: with this name, under this correlation id and idempotency key. */
    void append(ConsumerRecord<String, byte[]> like, String name, String newName, String correlation, String key) {
        RecordHeaders headers = new RecordHeaders(like.headers());
        headers.remove("llm-correlation-id").add("llm-correlation-id", correlation.getBytes(UTF_8));
        headers.remove("llm-idempotency-key").add("llm-idempotency-key", key.getBytes(UTF_8));
        append(new ProducerRecord<>(like.topic(), like.partition(), like.key(),
                new String(like.value(), UTF_8).replace(name + " ", newName + " ").getBytes(UTF_8), headers));
    }

    /** All that is there now. */
    List<ConsumerRecord<String, byte[]>> records(String topic) {
        List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
        try (KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers(), "auto.offset.reset", "earliest"),
                new StringDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition())).toList();
            consumer.assign(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
            }
        }
        return records;
    }

    /** Until all of these requests are there; the record of the last of them. */
    ConsumerRecord<String, byte[]> awaitRequests(List<String> names) {
        List<ConsumerRecord<String, byte[]>> last = new ArrayList<>();
        await("all of " + names).atMost(PATIENCE).until(() -> {
            last.clear();
            List<ConsumerRecord<String, byte[]>> all = records(REQUESTS);
            for (String name : names) {
                all.stream().filter(record -> new String(record.value(), UTF_8).contains(name + " ")).findFirst()
                        .ifPresent(last::add);
            }
            return last.size() == names.size();
        });
        return last.get(last.size() - 1);
    }

    static String header(ConsumerRecord<?, ?> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null ? null : new String(header.value(), UTF_8);
    }

    /** Until workers have said so much of what became of the requests from this one on. */
    void awaitCommitted(ConsumerRecord<?, ?> first, String metadata) {
        TopicPartition partition = new TopicPartition(first.topic(), first.partition());
        try (Admin admin = kafka.admin()) {
            await("the group " + WORKERS + " commits").atMost(PATIENCE)
                    .until(() -> admin.listConsumerGroupOffsets(WORKERS).partitionsToOffsetAndMetadata().get()
                            .get(partition), isEqual(new OffsetAndMetadata(first.offset(), metadata)));
        }
    }

    /** Until workers have finished, and said so, all that was requested. */
    void awaitAllFinished() {
        try (Admin admin = kafka.admin()) {
            await("the group " + WORKERS + " finishes").atMost(PATIENCE).untilAsserted(() -> {
                Map<TopicPartition, OffsetAndMetadata> done = admin.listConsumerGroupOffsets(WORKERS)
                        .partitionsToOffsetAndMetadata().get();
                Map<TopicPartition, Long> ends = ends(admin);
                ends.forEach((partition, end) -> {
                    OffsetAndMetadata committed = done.get(partition);
                    if (end > 0 && (committed == null || committed.offset() < end)) {
                        throw new AssertionError(partition + " ends at " + end + ", and finished is " + committed);
                    }
                });
            });
        }
    }

    private static Map<TopicPartition, Long> ends(Admin admin) throws ExecutionException, InterruptedException {
        int partitions = admin.describeTopics(List.of(REQUESTS)).allTopicNames().get().get(REQUESTS).partitions().size();
        Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
        for (int i = 0; i < partitions; i++) {
            latest.put(new TopicPartition(REQUESTS, i), OffsetSpec.latest());
        }
        return admin.listOffsets(latest).all().get().entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, end -> end.getValue().offset()));
    }

    /** Until so many workers share all partitions. */
    void awaitAssignment(int workers) {
        try (Admin admin = kafka.admin()) {
            await("the group " + WORKERS + " is shared by " + workers).atMost(PATIENCE).until(() -> {
                ConsumerGroupDescription group = admin.describeConsumerGroups(List.of(WORKERS)).all().get().get(WORKERS);
                return group.members().size() == workers
                        && group.members().stream().noneMatch(member -> member.assignment().topicPartitions().isEmpty())
                        && group.members().stream().mapToInt(member -> member.assignment().topicPartitions().size()).sum() == 8;
            });
        }
    }
}
