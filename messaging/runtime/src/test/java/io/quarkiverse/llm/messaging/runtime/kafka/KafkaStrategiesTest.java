package io.quarkiverse.llm.messaging.runtime.kafka;

import static io.quarkiverse.llm.messaging.runtime.kafka.KafkaChannel.begin;
import static io.quarkiverse.llm.messaging.runtime.kafka.KafkaChannel.earlier;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.quarkiverse.llm.messaging.broker.KafkaBroker;
import io.quarkiverse.llm.messaging.runtime.LogLines;
import io.smallrye.mutiny.helpers.test.AssertSubscriber;
import io.vertx.mutiny.core.Vertx;

/** What becomes of records when consumers come, go and die, with a real broker. */
class KafkaStrategiesTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    /** A tenth of what brokers take unless told otherwise, and enough for all tests but the one that is about it. */
    private static final int MOST_METADATA = 400;
    private static KafkaBroker broker;
    private static Admin admin;
    private static KafkaProducer<String, byte[]> producer;
    private static Vertx vertx;
    private final String topic = "requests-" + UUID.randomUUID();

    @BeforeAll
    static void startBroker() {
        broker = KafkaBroker.started("offset.metadata.max.bytes=" + MOST_METADATA);
        admin = broker.admin();
        producer = new KafkaProducer<>(Map.of("bootstrap.servers", broker.bootstrapServers()), new StringSerializer(),
                new ByteArraySerializer());
        vertx = Vertx.vertx();
    }

    @AfterAll
    static void stopBroker() {
        producer.close();
        admin.close();
        vertx.closeAndAwait();
        broker.close();
    }

    @BeforeEach
    void makeTopic() {
        broker.createTopic(topic, 2);
    }

    @Test
    void onlyWhatIsNotFinishedComesAgainAfterEachCrashWithTheNumberOfEarlierAttempts() throws Exception {
        send(0, "one", "two", "three");
        try (KafkaChannel first = requests()) {
            await().atMost(PATIENCE).until(() -> first.values().size() == 3);
            first.received.forEach(KafkaChannel::begin);
            begin(first.record("three"));
            first.record("two").ack().toCompletableFuture().join();
            awaitCommitted(0, 0, "llm1:b,f,b2");
            first.freeze();
            try (KafkaChannel second = requests()) {
                await().atMost(PATIENCE).until(() -> second.values().size() == 2);
                assertThat(second.values()).containsExactly("one", "three");
                assertThat(second.received).extracting(KafkaChannel::earlier).containsExactly(1, 2);
                begin(second.record("one"));
                awaitCommitted(0, 0, "llm1:b2,f,b2");
                second.freeze();
                try (KafkaChannel third = requests()) {
                    await().atMost(PATIENCE).until(() -> third.values().size() == 2);
                    assertThat(third.received).allMatch(record -> earlier(record) == 2);
                    third.record("three").ack().toCompletableFuture().join();
                    third.record("one").ack().toCompletableFuture().join();
                    awaitCommitted(0, 3, "");
                    send(0, "four");
                    await().atMost(PATIENCE).until(() -> third.values().contains("four"));
                    assertThat(earlier(third.record("four"))).isZero();
                }
            }
        }
    }

    @Test
    void aBrokerThatTakesLittleMetadataGetsWhatFits() throws Exception {
        int records = 300;
        send(0, IntStream.range(0, records).mapToObj(Integer::toString).toArray(String[]::new));
        try (LogLines log = new LogLines(LedgerCommit.class); KafkaChannel channel = requests()) {
            await().atMost(PATIENCE).until(() -> channel.values().size() == records);
            IntStream.range(0, records).filter(number -> number % 2 == 1)
                    .forEach(number -> channel.record("" + number).ack().toCompletableFuture().join());
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(committed(0).metadata()).startsWith("llm1:n,f,n,f,")
                    .hasSizeBetween(MOST_METADATA / 4, MOST_METADATA));
            assertThat(committed(0).offset()).isZero();
            assertThat(log.lines()).singleElement().asString().contains("offset.metadata.max.bytes to 4096");
            channel.record("0").ack().toCompletableFuture().join();
            await().atMost(PATIENCE).until(() -> committed(0).offset() == 2);
        }
        try (KafkaChannel next = requests()) {
            await().atMost(PATIENCE).until(() -> next.values().contains("298"));
            assertThat(next.values()).startsWith("2", "4", "6", "8").doesNotContain("1", "3", "5", "7");
        }
    }

    @Test
    void aRefusedRecordComesAgainWhileOthersOvertakeIt() throws Exception {
        send(0, "refused", "next");
        try (KafkaChannel channel = requests()) {
            await().atMost(PATIENCE).until(() -> channel.values().size() == 2);
            begin(channel.record("refused"));
            channel.record("refused").nack(new IllegalStateException("not now")).toCompletableFuture().join();
            channel.record("next").ack().toCompletableFuture().join();
            awaitCommitted(0, 0, "llm1:b,f");
            await().atMost(PATIENCE).until(() -> channel.values().size() == 3);
            assertThat(earlier(channel.record("refused"))).isEqualTo(1);
            channel.record("refused").ack().toCompletableFuture().join();
            awaitCommitted(0, 2, "");
        }
    }

    @Test
    void whatOnlyWaitedInWorkersThatDiedWasNotTried() throws Exception {
        send(0, "tried", "waiting");
        try (KafkaChannel first = requests()) {
            await().atMost(PATIENCE).until(() -> first.values().size() == 2);
            begin(first.record("tried"));
            awaitCommitted(0, 0, "llm1:b");
            first.freeze();
            try (KafkaChannel second = requests()) {
                await().atMost(PATIENCE).until(() -> second.values().size() == 2);
                assertThat(earlier(second.record("tried"))).isEqualTo(1);
                assertThat(earlier(second.record("waiting"))).isZero();
                second.record("waiting").nack(new IllegalStateException("handed back")).toCompletableFuture().join();
                await().atMost(PATIENCE).until(() -> second.values().size() == 3);
                assertThat(earlier(second.record("waiting"))).isZero();
            }
        }
    }

    @Test
    void whoHasThePartitionNoMoreCanFinishNothing() throws Exception {
        send(0, "zero");
        send(1, "one");
        try (KafkaChannel first = requests()) {
            await().atMost(PATIENCE).until(() -> first.values().size() == 2);
            first.received.forEach(KafkaChannel::begin);
            try (KafkaChannel second = requests()) {
                await().atMost(PATIENCE).until(() -> second.values().size() == 1);
                int partition = second.received.get(0).getPartition();
                assertThat(earlier(second.received.get(0))).isEqualTo(1);
                begin(second.received.get(0));
                awaitCommitted(partition, 0, "llm1:b2");
                for (var record : first.received) {
                    begin(record);
                    record.ack().toCompletableFuture().join();
                }
                awaitCommitted(1 - partition, 1, "");
                send(partition, "later");
                await().atMost(PATIENCE).until(() -> second.values().contains("later"));
                begin(second.record("later"));
                awaitCommitted(partition, 0, "llm1:b2,b");
            }
            assertThat(first.values()).doesNotContain("later");
        }
    }

    @Test
    void aPartitionGoesToANewConsumerOnlyWhenWhatIsUnderWayIsFinished() throws Exception {
        send(0, "zero");
        send(1, "one");
        Map<String, String> patient = attributes("llm");
        patient.put("max.poll.interval.ms", "120000");
        try (KafkaChannel first = new KafkaChannel(vertx, broker, patient).subscribed()) {
            await().atMost(PATIENCE).until(() -> first.values().size() == 2);
            try (KafkaChannel second = new KafkaChannel(vertx, broker, patient).subscribed()) {
                await().atMost(PATIENCE).until(() -> members() == 2);
                await().atMost(PATIENCE).until(first::isHeldUp);
                for (var record : first.received) {
                    record.ack().toCompletableFuture().join();
                }
                awaitCommitted(0, 1, "");
                awaitCommitted(1, 1, "");
                send(0, "two");
                send(1, "three");
                await().atMost(PATIENCE).until(() -> second.values().size() == 1);
                assertThat(second.values()).containsAnyOf("two", "three");
                assertThat(earlier(second.received.get(0))).isZero();
            }
        }
    }

    @Test
    void whatIsNotFinishedIsGivenBackWhenAConsumerCloses() throws Exception {
        send(0, "one", "two");
        try (KafkaChannel first = requests()) {
            await().atMost(PATIENCE).until(() -> first.values().size() == 2);
            begin(first.record("one"));
            first.record("two").ack();
        }
        awaitCommitted(0, 0, "llm1:b,f");
        try (KafkaChannel second = requests()) {
            await().atMost(PATIENCE).until(() -> second.values().size() == 1);
            assertThat(second.values()).containsExactly("one");
            assertThat(earlier(second.record("one"))).isEqualTo(1);
        }
    }

    @Test
    void noMoreAreHandedOutThanAreAskedFor() throws Exception {
        send(0, "one", "two", "three", "four", "five", "six");
        try (KafkaChannel channel = new KafkaChannel(vertx, broker, attributes("llm"))) {
            AssertSubscriber<?> worker = channel.subscribe(2);
            await().atMost(PATIENCE).until(() -> channel.values().size() == 2);
            channel.received.forEach(KafkaChannel::begin);
            awaitCommitted(0, 0, "llm1:b,b");
            worker.request(1);
            await().atMost(PATIENCE).until(() -> channel.values().size() == 3);
            begin(channel.record("three"));
            awaitCommitted(0, 0, "llm1:b,b,b");
        }
        awaitCommitted(0, 0, "llm1:b,b,b");
    }

    @Test
    void partitionsArePausedWhileNobodyAsksForMoreAndTheRestStaysWithTheBroker() throws Exception {
        // as the requests of a worker are read unless said otherwise
        int fetch = 16;
        Map<String, String> attributes = attributes("llm");
        attributes.put("max.poll.records", "" + fetch);
        attributes.put("max-queue-size-factor", "1");
        String[] backlog = IntStream.range(0, 300).mapToObj(number -> "number " + number).toArray(String[]::new);
        send(0, backlog);
        try (KafkaChannel channel = new KafkaChannel(vertx, broker, attributes)) {
            AssertSubscriber<?> worker = channel.subscribe(4);
            await().atMost(PATIENCE).until(() -> channel.values().size() == 4);
            await().atMost(PATIENCE).until(() -> channel.paused().size() == 2);
            long taken = channel.position(topic, 0);
            assertThat(taken).isLessThanOrEqualTo(4 + 2 * fetch);

            // a commit takes some polls, and none of them brings anything
            channel.received.forEach(KafkaChannel::begin);
            awaitCommitted(0, 0, "llm1:b,b,b,b");
            assertThat(channel.values()).hasSize(4);
            assertThat(channel.position(topic, 0)).isEqualTo(taken);

            worker.request(100);
            await().atMost(PATIENCE).until(() -> channel.values().size() == 104);
            await().atMost(PATIENCE).until(() -> channel.paused().size() == 2);
            assertThat(channel.position(topic, 0)).isBetween(taken + 1, 104L + 2 * fetch);

            worker.request(backlog.length);
            await().atMost(PATIENCE).until(() -> channel.values().size() == backlog.length);
            assertThat(channel.values()).containsExactly(backlog);
            await().atMost(PATIENCE).until(() -> channel.paused().isEmpty());
        }
    }

    @Test
    void commitsGoOnAfterTheBrokerWasAway() throws Exception {
        send(0, "one", "two");
        try (KafkaChannel channel = requests()) {
            await().atMost(PATIENCE).until(() -> channel.values().size() == 2);
            channel.received.forEach(KafkaChannel::begin);
            awaitCommitted(0, 0, "llm1:b,b");
            broker.kill();
            channel.record("one").ack().toCompletableFuture().join();
            broker.start();
            awaitCommitted(0, 1, "llm1:b");
        }
    }

    @Test
    void eventsAreReadSinceTheStartOfTheChannelAndGoOnWhereTheyWere() throws Exception {
        long hourAgo = System.currentTimeMillis() - Duration.ofHours(1).toMillis();
        producer.send(new ProducerRecord<>(topic, 0, hourAgo, "key", "old".getBytes())).get();
        producer.send(new ProducerRecord<>(topic, 1, hourAgo, "key", "older".getBytes())).get();
        try (KafkaChannel channel = new KafkaChannel(vertx, broker, attributes("llm-since-start"))) {
            send(0, "before the partitions are assigned");
            channel.subscribed();
            await().atMost(PATIENCE).until(() -> channel.values().size() == 1);
            channel.freeze();
            awaitNoMembers();
            send(0, "while away");
            send(1, "for the first time");
            channel.thaw();
            await().atMost(PATIENCE).until(() -> channel.values().size() == 3);
            assertThat(channel.values()).containsExactlyInAnyOrder("before the partitions are assigned", "while away",
                    "for the first time");
        }
    }

    private KafkaChannel requests() {
        return new KafkaChannel(vertx, broker, attributes("llm")).subscribed();
    }

    private Map<String, String> attributes(String commitStrategy) {
        Map<String, String> attributes = new HashMap<>();
        attributes.put("topic", topic);
        attributes.put("group.id", topic);
        attributes.put("commit-strategy", commitStrategy);
        attributes.put("failure-strategy", "llm");
        return attributes;
    }

    private void send(int partition, String... values) throws Exception {
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        for (String value : values) {
            sent.add(producer.send(new ProducerRecord<>(topic, partition, "key", value.getBytes())));
        }
        for (Future<RecordMetadata> one : sent) {
            one.get();
        }
    }

    private void awaitNoMembers() {
        await().atMost(PATIENCE).until(() -> members() == 0);
    }

    private int members() throws Exception {
        return admin.describeConsumerGroups(List.of(topic)).all().get().get(topic).members().size();
    }

    private void awaitCommitted(int partition, long offset, String metadata) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(committed(partition)).isEqualTo(new OffsetAndMetadata(offset, metadata)));
    }

    private OffsetAndMetadata committed(int partition) throws Exception {
        return admin.listConsumerGroupOffsets(topic).partitionsToOffsetAndMetadata().get()
                .get(new TopicPartition(topic, partition));
    }
}
