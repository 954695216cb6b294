package io.quarkiverse.llm.messaging.deployment;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.LogRecord;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import jakarta.inject.Inject;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Scope;
import io.quarkiverse.llm.LlmClient;
import io.quarkiverse.llm.LlmProvider;
import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.LlmResponse;
import io.quarkiverse.llm.messaging.broker.KafkaBroker;
import io.quarkus.builder.Version;
import io.quarkus.maven.dependency.Dependency;
import io.quarkus.test.QuarkusUnitTest;
import io.smallrye.mutiny.Uni;

/**
 * Remote providers and a worker of other names, so that a real Kafka is between them, with OpenTelemetry. One of the remotes
 * has
 * the connector trace its requests, too.
 */
class TraceOverKafkaTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int CALLERS = 10;
    private static KafkaBroker broker;

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = application();

    private static QuarkusUnitTest application() {
        QuarkusUnitTest application = new QuarkusUnitTest()
                .withApplicationRoot(jar -> jar.addClasses(Parrot.class, Tracing.class))
                .setForcedDependencies(List.of(Dependency.of("io.quarkus", "quarkus-opentelemetry", Version.getVersion())))
                .setBeforeAllCustomizer(() -> {
                    broker = KafkaBroker.started();
                    Stream.of("requests", "seen-requests", "cancels", "events").forEach(topic -> broker.createTopic(topic, 1));
                    System.setProperty("kafka.bootstrap.servers", broker.bootstrapServers());
                })
                .setAfterAllCustomizer(() -> {
                    System.clearProperty("kafka.bootstrap.servers");
                    broker.close();
                })
                .setLogRecordPredicate(record -> record.getLoggerName().endsWith(".LedgerCommit"))
                .assertLogRecords(records -> assertThat(records).extracting(LogRecord::getMessage)
                        .noneMatch(line -> line.contains("is not set")))
                .overrideConfigKey("quarkus.devservices.enabled", "false")
                .overrideConfigKey("quarkus.otel.traces.exporter", "none")
                .overrideConfigKey("quarkus.llm-messaging.connector", "smallrye-kafka")
                .overrideConfigKey("quarkus.llm-messaging.workers.pool.provider", "tracing")
                .overrideConfigKey("mp.messaging.incoming.pool-requests.topics", "requests,seen-requests")
                .overrideConfigKey("mp.messaging.incoming.pool-cancels.topic", "cancels")
                .overrideConfigKey("mp.messaging.outgoing.pool-events.topic", "events")
                .overrideConfigKey("mp.messaging.outgoing.seen-requests.tracing-enabled", "true");
        for (String remote : List.of("far", "seen")) {
            application.overrideConfigKey("quarkus.llm-messaging.remotes." + remote + ".timeout", "1m")
                    .overrideConfigKey("mp.messaging.outgoing." + remote + "-cancels.topic", "cancels")
                    .overrideConfigKey("mp.messaging.incoming." + remote + "-events.topic", "events")
                    // so that all but one wait for others to be written
                    .overrideConfigKey("mp.messaging.outgoing." + remote + "-requests.max-inflight-messages", "1");
        }
        return application.overrideConfigKey("mp.messaging.outgoing.far-requests.topic", "requests");
    }

    @Inject
    @LlmClient("far")
    LlmProvider far;
    @Inject
    @LlmClient("seen")
    LlmProvider seen;
    @Inject
    Tracer tracer;
    @ConfigProperty(name = "kafka.bootstrap.servers")
    String servers;

    @Test
    void eachCallerHasItsOwnTraceInTheWorker() {
        assertThat(tracesSaid(far)).allSatisfy((caller, said) -> assertThat(said).startsWith(caller.getTraceId() + " ")
                .doesNotContain(caller.getSpanId()));
    }

    @Test
    void eachCallerHasItsOwnTraceInTheWorkerWhenTheConnectorTracesToo() {
        assertThat(tracesSaid(seen)).allSatisfy((caller, said) -> assertThat(said).startsWith(caller.getTraceId() + " ")
                .doesNotContain(caller.getSpanId()));
    }

    @Test
    void theRecordOfARequestNamesTheSpanOfTheCallerAndNoOther() {
        Map<SpanContext, String> said = tracesSaid(far);
        assertThat(records("requests")).filteredOn(record -> said.keySet().stream()
                .anyMatch(caller -> traceparents(record).stream().anyMatch(header -> header.contains(caller.getTraceId()))))
                .hasSize(CALLERS)
                .allSatisfy(record -> assertThat(traceparents(record)).singleElement()
                        .satisfies(header -> assertThat(said.keySet()).extracting(SpanContext::getSpanId)
                                .anyMatch(header::contains)));
    }

    /** By the spans of the callers, who ask at the same time. */
    private Map<SpanContext, String> tracesSaid(LlmProvider provider) {
        Map<SpanContext, Uni<LlmResponse>> asked = new LinkedHashMap<>();
        for (int i = 0; i < CALLERS; i++) {
            Span span = tracer.spanBuilder("caller").setNoParent().startSpan();
            try (Scope scope = span.makeCurrent()) {
                Uni<LlmResponse> answer = provider.complete(LlmRequest.of("Where are we?")).memoize().indefinitely();
                answer.subscribe().with(response -> span.end(), failure -> span.end());
                asked.put(span.getSpanContext(), answer);
            }
        }
        Map<SpanContext, String> said = new LinkedHashMap<>();
        asked.forEach((caller, answer) -> said.put(caller, answer.await().atMost(PATIENCE).text()));
        return said;
    }

    private List<ConsumerRecord<byte[], byte[]>> records(String topic) {
        TopicPartition partition = new TopicPartition(topic, 0);
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", servers, "auto.offset.reset", "earliest"),
                new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).get(partition);
            while (consumer.position(partition) < end) {
                consumer.poll(PATIENCE).forEach(records::add);
            }
        }
        return records;
    }

    private static List<String> traceparents(ConsumerRecord<?, ?> record) {
        return StreamSupport.stream(record.headers().headers("traceparent").spliterator(), false)
                .map(header -> new String(header.value(), UTF_8)).toList();
    }
}
