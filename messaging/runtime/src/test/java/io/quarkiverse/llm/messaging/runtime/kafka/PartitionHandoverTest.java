package io.quarkiverse.llm.messaging.runtime.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;

import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.quarkiverse.llm.LlmEvent;
import io.quarkiverse.llm.LlmProvider;
import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.LlmResponse;
import io.quarkiverse.llm.messaging.LlmMessage;
import io.quarkiverse.llm.messaging.LlmWorkerOptions;
import io.quarkiverse.llm.messaging.broker.KafkaBroker;
import io.quarkiverse.llm.messaging.runtime.channel.MessageMapper;
import io.quarkiverse.llm.messaging.runtime.channel.Outbox;
import io.quarkiverse.llm.messaging.runtime.worker.TraceContext;
import io.quarkiverse.llm.messaging.runtime.worker.Worker;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.subscription.MultiEmitter;
import io.vertx.mutiny.core.Vertx;

/** What a worker does with requests whose partition goes to another one, with a real broker. */
class PartitionHandoverTest {

    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static KafkaBroker broker;
    private static KafkaProducer<String, byte[]> producer;
    private static Vertx vertx;
    private final String topic = "requests-" + UUID.randomUUID();
    private final Streams provider = new Streams();
    private final List<LlmMessage> written = new CopyOnWriteArrayList<>();
    private Worker worker;

    /** Its answers end when the test says so. */
    private static final class Streams implements LlmProvider {

        final List<String> asked = new CopyOnWriteArrayList<>();
        final List<String> cancelled = new CopyOnWriteArrayList<>();
        private final ConcurrentMap<String, MultiEmitter<? super LlmEvent>> open = new ConcurrentHashMap<>();

        @Override
        public String name() {
            return "streams";
        }

        @Override
        public Multi<LlmEvent> stream(LlmRequest request) {
            String model = request.model().orElseThrow();
            return Multi.createFrom().<LlmEvent> emitter(emitter -> {
                open.put(model, emitter);
                asked.add(model);
            }).onCancellation().invoke(() -> cancelled.add(model));
        }

        void answer(String model) {
            open.get(model).emit(new LlmEvent.ResponseCompleted(
                    LlmResponse.builder().id("resp").model(model).createdAt(Instant.EPOCH).build()));
        }
    }

    @BeforeAll
    static void startBroker() {
        broker = KafkaBroker.started();
        producer = new KafkaProducer<>(Map.of("bootstrap.servers", broker.bootstrapServers()), new StringSerializer(),
                new ByteArraySerializer());
        vertx = Vertx.vertx();
    }

    @AfterAll
    static void stopBroker() {
        producer.close();
        vertx.closeAndAwait();
        broker.close();
    }

    @BeforeEach
    void makeTopic() {
        broker.createTopic(topic, 2);
    }

    @AfterEach
    void stopWorker() {
        worker.close();
    }

    @Test
    void whoWokeUpTooLateBeginsNothingStopsWhatStreamsAndWritesNothing() throws Exception {
        send(0, "one", "two");
        try (KafkaChannel first = requests("1500")) {
            work(first, 1, 2);
            await().atMost(PATIENCE).until(() -> provider.asked.size() == 1);
            first.freeze();
            try (KafkaChannel second = requests("1500")) {
                await().atMost(PATIENCE).until(() -> second.values().size() == 2);
                for (var record : second.received) {
                    record.ack().toCompletableFuture().join();
                }
                first.thaw();
                await().atMost(PATIENCE).until(() -> !provider.cancelled.isEmpty());
                send(1, "three");
                await().atMost(PATIENCE).until(() -> first.received.size() + second.received.size() == 5);
            }
        }
        assertThat(provider.cancelled).contains("one");
        assertThat(provider.asked).doesNotContain("two");
        assertThat(written).noneMatch(message -> message.headers().correlationId().matches("one|two"));
    }

    @Test
    void aPartitionWaitsForWhatStreamsAndTakesWhatWaitsAlong() throws Exception {
        try (KafkaChannel first = requests("120000")) {
            work(first, 2, 4);
            send(0, "streaming-0");
            send(1, "streaming-1");
            await().atMost(PATIENCE).until(() -> provider.asked.size() == 2);
            send(0, "waiting-0");
            send(1, "waiting-1");
            await().atMost(PATIENCE).until(() -> first.received.size() == 4);
            try (KafkaChannel second = requests("120000")) {
                await().atMost(PATIENCE).until(first::isHeldUp);
                assertThat(second.received).isEmpty();
                provider.answer("streaming-0");
                provider.answer("streaming-1");
                await().atMost(PATIENCE).until(() -> second.received.size() == 1 && provider.asked.size() == 3);
                int moved = second.received.get(0).getPartition();
                assertThat(model(second, 0)).isEqualTo("waiting-" + moved);
                assertThat(KafkaChannel.earlier(second.received.get(0))).isZero();
                assertThat(provider.asked).contains("waiting-" + (1 - moved)).doesNotContain("waiting-" + moved);
                assertThat(provider.cancelled).isEmpty();
            }
        }
    }

    @Test
    void whatStreamsTooLongIsStoppedSoThatOnlyTheNextWorkerAnswersIt() throws Exception {
        try (KafkaChannel first = requests("3000")) {
            work(first, 2, 4);
            send(0, "long-0");
            send(1, "long-1");
            await().atMost(PATIENCE).until(() -> provider.asked.size() == 2);
            try (KafkaChannel second = requests("3000")) {
                await().atMost(PATIENCE).until(() -> second.received.size() == 1);
                String moved = "long-" + second.received.get(0).getPartition();
                await().atMost(PATIENCE).until(() -> provider.cancelled.contains(moved));
                assertThat(KafkaChannel.earlier(second.received.get(0))).isEqualTo(1);
                assertThat(provider.cancelled).containsExactly(moved);
                assertThat(written).isEmpty();
            }
        }
    }

    private KafkaChannel requests(String maxPollInterval) {
        Map<String, String> attributes = new HashMap<>(Map.of("topic", topic, "group.id", topic, "commit-strategy", "llm",
                "failure-strategy", "llm", "max.poll.interval.ms", maxPollInterval));
        KafkaChannel channel = new KafkaChannel(vertx, broker, attributes);
        return worker == null ? channel : channel.subscribed();
    }

    /** Has a worker answer what comes. */
    private void work(KafkaChannel channel, int concurrency, int maxInFlight) {
        Outbox outbox = (message, done) -> {
            written.add(message);
            done.accept(null);
            return Outbox.Withdrawal.TOO_LATE;
        };
        worker = new Worker("pool",
                LlmWorkerOptions.builder().concurrency(concurrency).maxInFlight(maxInFlight).maxAttempts(3).build(), provider,
                new MessageMapper(name -> Optional.empty(), List.of(new KafkaHeaders())),
                new Worker.Outboxes(outbox, outbox, outbox), vertx.getDelegate(), TraceContext.NONE);
        channel.subscribe(worker.requests());
    }

    private static String model(KafkaChannel channel, int number) {
        String text = new String(channel.received.get(number).getPayload());
        return text.replaceAll(".*\"model\":\"([^\"]*)\".*", "$1");
    }

    private void send(int partition, String... models) throws Exception {
        for (String model : models) {
            String request = "{\"headers\":{\"llm-version\":\"1\",\"llm-type\":\"request\",\"llm-correlation-id\":\"" + model
                    + "\",\"llm-attempt\":\"1\"},\"body\":{\"model\":\"" + model + "\",\"input\":[]}}";
            producer.send(new ProducerRecord<>(topic, partition, "key", request.getBytes())).get();
        }
    }
}
