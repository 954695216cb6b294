package io.quarkiverse.llm.messaging.runtime.kafka;

import static io.quarkiverse.llm.messaging.runtime.kafka.KafkaChannel.begin;
import static io.quarkiverse.llm.messaging.runtime.kafka.KafkaChannel.earlier;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.llm.messaging.DeadLetterException;
import io.quarkiverse.llm.messaging.broker.KafkaBroker;
import io.quarkiverse.llm.messaging.runtime.LogLines;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.vertx.mutiny.core.Vertx;

/** What becomes of records that are refused for good, by hand, with each failure strategy and a real broker. */
class KafkaDeadLettersTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final DeadLetterException FOR_GOOD = new DeadLetterException("id", "It is no request");
    private static KafkaBroker broker;
    private static Admin admin;
    private static KafkaProducer<String, byte[]> producer;
    private static Vertx vertx;
    private final String topic = "requests-" + UUID.randomUUID();
    private final String deadLetters = "dead-" + topic;
    private final Map<String, String> attributes = new HashMap<>(Map.of("topic", topic, "group.id", topic, "commit-strategy",
            "llm", "failure-strategy", "llm"));

    @BeforeAll
    static void startBroker() {
        broker = KafkaBroker.started();
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
    void makeTopics() {
        broker.createTopic(topic, 1);
        broker.createTopic(deadLetters, 1);
    }

    @Test
    void withoutATopicForItADeadLetterIsFinishedWithAWarning() throws Exception {
        send("dead", "next");
        try (LogLines log = new LogLines(RedeliverFailure.class); KafkaChannel channel = received(2)) {
            refuse(channel.record("dead"), FOR_GOOD);
            awaitCommitted(1, "");
            channel.record("next").ack().toCompletableFuture().join();
            awaitCommitted(2, "");
            assertThat(channel.values()).containsExactly("dead", "next");
            assertThat(log.lines()).singleElement().asString().contains("requests", "record 0 of " + topic + "-0", "'id'",
                    "It is no request", "mp.messaging.incoming.requests.dead-letter-queue.topic");
        }
    }

    @Test
    void aDeadLetterGoesToTheTopicOfTheChannelAndIsFinished() throws Exception {
        attributes.put("dead-letter-queue.topic", deadLetters);
        send("dead", "dead too");
        try (LogLines log = new LogLines(RedeliverFailure.class); KafkaChannel channel = received(2)) {
            for (var record : channel.received) {
                refuse(record, FOR_GOOD);
            }
            awaitCommitted(2, "");
            assertThat(log.lines()).isEmpty();
        }
        List<ConsumerRecord<String, byte[]>> letters = deadLetters(2);
        assertThat(letters).extracting(letter -> new String(letter.value(), UTF_8)).containsExactly("dead", "dead too");
        assertThat(letters).allSatisfy(letter -> {
            assertThat(letter.key()).isEqualTo("key");
            assertThat(header(letter, "llm-type")).isEqualTo("request");
            assertThat(header(letter, "dead-letter-reason")).isEqualTo("It is no request");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = { "topic=%s", "topics=other,%s", "topic=%s.*;pattern=true" })
    void aDeadLetterDoesNotGoWhereTheChannelReads(String reads) {
        attributes.remove("topic");
        for (String attribute : reads.formatted(topic).split(";")) {
            attributes.put(attribute.substring(0, attribute.indexOf('=')), attribute.substring(attribute.indexOf('=') + 1));
        }
        attributes.put("dead-letter-queue.topic", topic);
        assertThatThrownBy(() -> new KafkaChannel(vertx, broker, attributes)).isInstanceOf(ConfigurationException.class)
                .hasMessage("mp.messaging.incoming.requests.dead-letter-queue.topic is '" + topic + "', where the channel "
                        + "requests itself reads, so that each dead letter would come back for ever: set it to another topic");
    }

    @Test
    void aDeadLetterThatCannotBeWrittenComesAgain() throws Exception {
        attributes.put("dead-letter-queue.topic", deadLetters);
        attributes.put("dead-letter-queue.max.request.size", "1000");
        String large = "large".repeat(1000);
        send(large, "next");
        try (KafkaChannel channel = received(2)) {
            refuse(channel.record(large), FOR_GOOD);
            refuse(channel.record("next"), FOR_GOOD);
            await().atMost(PATIENCE).until(() -> channel.received.size() == 3);
            awaitCommitted(0, "llm1:b,f");
            assertThat(channel.values()).containsExactly(large, "next", large);
            assertThat(earlier(channel.record(large))).isEqualTo(1);
        }
        assertThat(deadLetters(1)).extracting(letter -> new String(letter.value(), UTF_8)).containsExactly("next");
    }

    @Test
    void whatIsRefusedForAnotherReasonComesAgain() throws Exception {
        attributes.put("dead-letter-queue.topic", deadLetters);
        send("refused", "next");
        try (KafkaChannel channel = received(2)) {
            try (LogLines log = new LogLines(LedgerCommit.class)) {
                refuse(channel.record("refused"), new IllegalStateException("not now"));
                assertThat(log.lines()).singleElement().asString()
                        .contains(", the request 'id of refused', could not be dealt with and comes again");
            }
            refuse(channel.record("next"), FOR_GOOD);
            await().atMost(PATIENCE).until(() -> channel.received.size() == 3);
            assertThat(channel.values()).containsExactly("refused", "next", "refused");
            awaitCommitted(0, "llm1:b,f");
        }
        assertThat(deadLetters(1)).extracting(letter -> new String(letter.value(), UTF_8)).containsExactly("next");
    }

    @Test
    void whatCouldNotBeRefusedComesAgainHereWhileOthersOvertakeIt() throws Exception {
        send("refused", "next");
        try (KafkaChannel channel = received(2)) {
            begin(channel.record("refused"));
            new KafkaHeaders().unconcluded(channel.record("refused"));
            channel.record("next").ack().toCompletableFuture().join();
            awaitCommitted(0, "llm1:b,f");
            await().atMost(PATIENCE).until(() -> channel.received.size() == 3);
            assertThat(earlier(channel.record("refused"))).isEqualTo(1);
            channel.record("refused").ack().toCompletableFuture().join();
            awaitCommitted(2, "");
        }
    }

    @Test
    void whatIsGivenBackComesOnlyToTheNextConsumer() throws Exception {
        send("given back", "refused");
        try (KafkaChannel first = received(2)) {
            new KafkaHeaders().givesBack(first.record("given back"));
            new KafkaHeaders().unconcluded(first.record("refused"));
            await().atMost(PATIENCE).until(() -> first.received.size() == 3);
            assertThat(first.values()).containsExactly("given back", "refused", "refused");
        }
        try (KafkaChannel second = received(2)) {
            assertThat(second.values()).containsExactly("given back", "refused");
        }
    }

    @Test
    void aDeadLetterOfWhichThePartitionIsGoneIsLeftToItsNewOwner() throws Exception {
        send("dead");
        try (KafkaChannel first = received(1)) {
            begin(first.record("dead"));
            awaitCommitted(0, "llm1:b");
            first.freeze();
            try (KafkaChannel second = received(1)) {
                first.thaw();
                await().atMost(PATIENCE).until(() -> !first.isHeldUp());
                first.record("dead").nack(FOR_GOOD).toCompletableFuture().join();
                begin(second.record("dead"));
                awaitCommitted(0, "llm1:b2");
                second.record("dead").nack(FOR_GOOD).toCompletableFuture().join();
                awaitCommitted(1, "");
            }
        }
    }

    @Test
    void theStrategyForDeadLettersFinishesThem() throws Exception {
        attributes.put("failure-strategy", "dead-letter-queue");
        attributes.put("dead-letter-queue.topic", deadLetters);
        send("dead", "next");
        try (KafkaChannel channel = received(2)) {
            refuse(channel.record("dead"), FOR_GOOD);
            awaitCommitted(1, "");
            refuse(channel.record("next"), new IllegalStateException("not now"));
            awaitCommitted(2, "");
        }
        assertThat(deadLetters(2)).extracting(letter -> header(letter, "dead-letter-reason"))
                .containsExactly("It is no request", "not now");
    }

    @Test
    void theStrategyThatIgnoresFinishesThem() throws Exception {
        attributes.put("failure-strategy", "ignore");
        send("dead", "next");
        try (KafkaChannel channel = received(2)) {
            refuse(channel.record("next"), FOR_GOOD);
            awaitCommitted(0, "llm1:n,f");
            refuse(channel.record("dead"), FOR_GOOD);
            awaitCommitted(2, "");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "1500", "120000" })
    void theStrategyThatFailsStopsTheChannelAndTheRecordGoesToAnotherConsumerSoon(String maxPollInterval) throws Exception {
        attributes.put("failure-strategy", "fail");
        attributes.put("max.poll.interval.ms", maxPollInterval);
        send("dead");
        try (KafkaChannel first = received(1)) {
            begin(first.record("dead"));
            // as a worker does: where nothing can wait
            vertx.runOnContext(() -> first.record("dead").nack(FOR_GOOD)
                    .whenComplete((done, failure) -> new KafkaHeaders().unconcluded(first.record("dead"))));
            try (KafkaChannel second = received(1)) {
                assertThat(earlier(second.record("dead"))).isEqualTo(1);
            }
        }
    }

    private KafkaChannel received(int records) {
        KafkaChannel channel = new KafkaChannel(vertx, broker, attributes).subscribed();
        await().atMost(PATIENCE).until(() -> channel.received.size() == records);
        return channel;
    }

    private static void refuse(Message<?> message, Throwable reason) {
        begin(message);
        message.nack(reason).toCompletableFuture().join();
    }

    private void send(String... values) throws Exception {
        for (String value : values) {
            ProducerRecord<String, byte[]> record = new ProducerRecord<>(topic, 0, "key", value.getBytes(UTF_8));
            record.headers().add("llm-type", "request".getBytes(UTF_8));
            record.headers().add("llm-correlation-id", ("id of " + value).getBytes(UTF_8));
            producer.send(record).get();
        }
    }

    private List<ConsumerRecord<String, byte[]>> deadLetters(int expected) {
        List<ConsumerRecord<String, byte[]>> letters = new ArrayList<>();
        try (KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers(), "auto.offset.reset", "earliest"),
                new StringDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(List.of(new TopicPartition(deadLetters, 0)));
            await().pollInSameThread().atMost(PATIENCE).until(() -> {
                consumer.poll(Duration.ofMillis(100)).forEach(letters::add);
                return letters.size() >= expected;
            });
        }
        return letters;
    }

    private static String header(ConsumerRecord<?, ?> record, String name) {
        return new String(record.headers().lastHeader(name).value(), UTF_8);
    }

    private void awaitCommitted(long offset, String metadata) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(admin.listConsumerGroupOffsets(topic)
                .partitionsToOffsetAndMetadata().get().get(new TopicPartition(topic, 0)))
                .isEqualTo(new OffsetAndMetadata(offset, metadata)));
    }
}
