package io.quarkiverse.llm.messaging.deployment;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.LogRecord;
import java.util.stream.Stream;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.Outgoing;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.llm.LlmEvent;
import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.messaging.LlmMessage;
import io.quarkiverse.llm.messaging.LlmMessages;
import io.quarkiverse.llm.messaging.LlmWorkerOptions;
import io.quarkiverse.llm.messaging.LlmWorkers;
import io.quarkiverse.llm.messaging.MessageHeaders;
import io.quarkiverse.llm.messaging.broker.KafkaBroker;
import io.quarkus.test.QuarkusUnitTest;
import io.smallrye.mutiny.Multi;
import io.smallrye.reactive.messaging.kafka.api.IncomingKafkaRecordMetadata;

/** A worker on channels of the application's own, as the guide has it, with a real broker. */
class WorkerByHandOnKafkaTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String SERVERS = "kafka.bootstrap.servers";
    private static KafkaBroker broker;

    private static final Path GUIDE = Path.of("../../docs/modules/ROOT/pages/messaging.adoc");
    private static final List<String> SHOWN = List.of("mp.messaging.incoming.questions.", "mp.messaging.outgoing.answers.",
            "mp.messaging.incoming.stops.");

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = application();

    private static QuarkusUnitTest application() {
        QuarkusUnitTest application = new QuarkusUnitTest()
                .withApplicationRoot(jar -> jar.addClasses(Echo.class, Channels.class))
                .setBeforeAllCustomizer(() -> {
                    broker = KafkaBroker.started();
                    System.setProperty(SERVERS, broker.bootstrapServers());
                })
                .setAfterAllCustomizer(() -> {
                    System.clearProperty(SERVERS);
                    broker.close();
                })
                .setLogRecordPredicate(record -> record.getLoggerName().startsWith("io.quarkiverse.llm"))
                .assertLogRecords(records -> assertThat(records).extracting(LogRecord::getMessage)
                        .noneMatch(line -> line.contains("is not set")))
                .overrideConfigKey("quarkus.kafka.devservices.enabled", "false")
                .overrideConfigKey("mp.messaging.incoming.questions.connector", "smallrye-kafka")
                .overrideConfigKey("mp.messaging.outgoing.answers.connector", "smallrye-kafka")
                .overrideConfigKey("mp.messaging.incoming.stops.connector", "smallrye-kafka")
                .overrideConfigKey("mp.messaging.outgoing.asking.connector", "smallrye-kafka")
                .overrideConfigKey("mp.messaging.outgoing.asking.topic", "questions")
                .overrideConfigKey("mp.messaging.outgoing.stopping.connector", "smallrye-kafka")
                .overrideConfigKey("mp.messaging.outgoing.stopping.topic", "stops")
                .overrideConfigKey("mp.messaging.incoming.answered.connector", "smallrye-kafka")
                .overrideConfigKey("mp.messaging.incoming.answered.topic", "answers")
                .overrideConfigKey("mp.messaging.incoming.answered.auto.offset.reset", "earliest")
                .overrideConfigKey("mp.messaging.incoming.dead.connector", "smallrye-kafka")
                .overrideConfigKey("mp.messaging.incoming.dead.topic", "questions-dead-letters")
                .overrideConfigKey("mp.messaging.incoming.dead.auto.offset.reset", "earliest");
        shown().forEach(line -> application.overrideConfigKey(line[0], line[1]));
        return application;
    }

    private static List<String[]> shown() {
        try (Stream<String> lines = Files.lines(GUIDE)) {
            return lines.filter(line -> SHOWN.stream().anyMatch(line::startsWith)).map(line -> line.split("=", 2)).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ApplicationScoped
    static class Channels {

        final List<Message<byte[]>> answered = new CopyOnWriteArrayList<>();
        final List<Message<byte[]>> dead = new CopyOnWriteArrayList<>();

        @Inject
        LlmWorkers workers;

        @Channel("asking")
        Emitter<byte[]> asking;

        @Channel("stopping")
        Emitter<String> stopping;

        final List<String> stopped = new CopyOnWriteArrayList<>();

        @Incoming("stops")
        void stop(String correlationId) {
            workers.cancel(correlationId);
            stopped.add(correlationId);
        }

        @Incoming("questions")
        @Outgoing("answers")
        Multi<Message<byte[]>> answer(Multi<Message<byte[]>> questions) {
            return workers.answer("echo", "answers", questions, LlmWorkerOptions.DEFAULTS);
        }

        @Incoming("answered")
        CompletionStage<Void> take(Message<byte[]> message) {
            answered.add(message);
            return message.ack();
        }

        @Incoming("dead")
        CompletionStage<Void> bury(Message<byte[]> message) {
            dead.add(message);
            return message.ack();
        }

        void askToStop(String correlationId) {
            stopping.send(correlationId);
        }

        List<String> stopped() {
            return stopped;
        }

        void ask(Message<byte[]> message) {
            asking.send(message);
        }

        List<Message<byte[]>> answered() {
            return answered;
        }

        List<Message<byte[]>> dead() {
            return dead;
        }
    }

    @Inject
    Channels channels;
    @Inject
    LlmMessages messages;

    @Test
    void aDeadLetterGoesToTheTopicOfTheChannelOnceAndWhatIsBehindItIsAnswered() {
        channels.ask(Message.of("no request".getBytes(UTF_8)));
        channels.ask(messages.write("asking", new LlmMessage.Request(MessageHeaders.of("id"), LlmRequest.of("Hello"))));
        await().atMost(PATIENCE).until(() -> channels.answered().stream().map(messages::read).anyMatch(
                answer -> answer instanceof LlmMessage.Event event && event.event() instanceof LlmEvent.ResponseCompleted));
        await().atMost(PATIENCE).until(() -> !channels.dead().isEmpty());
        assertThat(channels.dead()).singleElement().satisfies(letter -> {
            assertThat(new String(letter.getPayload(), UTF_8)).isEqualTo("no request");
            assertThat(new String(letter.getMetadata(IncomingKafkaRecordMetadata.class).orElseThrow().getHeaders()
                    .lastHeader("dead-letter-exception-class-name").value(), UTF_8)).endsWith(".DeadLetterException");
        });
        assertThat(channels.answered()).noneMatch(answer -> messages.read(answer) instanceof LlmMessage.Failure failure
                && failure.headers().correlationId().equals("id"));
    }

    @Test
    void aStopReachesTheWorker() {
        channels.askToStop("stopped");
        await().atMost(PATIENCE).until(() -> channels.stopped().contains("stopped"));
        channels.ask(messages.write("asking", new LlmMessage.Request(MessageHeaders.of("stopped"), LlmRequest.of("Hello"))));
        await().atMost(PATIENCE).until(() -> channels.answered().stream().map(messages::read)
                .anyMatch(answer -> answer instanceof LlmMessage.Failure failure
                        && failure.headers().correlationId().equals("stopped")
                        && failure.cause().code().orElse("").equals(LlmMessage.Failure.CANCELLED)));
    }
}
