package io.quarkiverse.llm.messaging.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.Outgoing;
import org.eclipse.microprofile.reactive.messaging.spi.Connector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.llm.LlmEvent;
import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.messaging.LlmMessage;
import io.quarkiverse.llm.messaging.LlmMessages;
import io.quarkiverse.llm.messaging.LlmWorkerOptions;
import io.quarkiverse.llm.messaging.LlmWorkers;
import io.quarkiverse.llm.messaging.MessageHeaders;
import io.quarkus.test.QuarkusUnitTest;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.MutinyEmitter;
import io.smallrye.reactive.messaging.memory.InMemoryConnector;
import io.smallrye.reactive.messaging.memory.InMemorySink;
import io.smallrye.reactive.messaging.memory.InMemorySource;

/**
 * Workers in tests: one whose channels the test holds in memory, one that methods of the application talk to, and one that is a
 * method of the application itself.
 */
class WorkerInMemoryTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(jar -> jar.addClasses(Parrot.class, Talk.class, ByHand.class))
            .overrideConfigKey("quarkus.devservices.enabled", "false")
            .overrideConfigKey("mp.messaging.incoming.questions.connector", "smallrye-in-memory")
            .overrideConfigKey("mp.messaging.outgoing.answers.connector", "smallrye-in-memory")
            .overrideConfigKey("quarkus.llm-messaging.workers.pool.provider", "parrot")
            .overrideConfigKey("quarkus.llm-messaging.workers.\"own.one\".provider", "parrot");

    @ApplicationScoped
    static class Talk {

        @Channel("own.one-requests")
        MutinyEmitter<byte[]> requests;
        @Inject
        LlmMessages messages;
        private final Queue<LlmMessage> events = new ConcurrentLinkedQueue<>();

        void ask(LlmMessage message) {
            requests.sendMessageAndAwait(messages.write("own.one-requests", message));
        }

        Queue<LlmMessage> events() {
            return events;
        }

        @Incoming("own.one-events")
        Uni<Void> take(Message<byte[]> event) {
            events.add(messages.read(event));
            return Uni.createFrom().completionStage(event.ack());
        }
    }

    @ApplicationScoped
    static class ByHand {

        @Inject
        LlmWorkers workers;

        @Incoming("questions")
        @Outgoing("answers")
        Multi<Message<byte[]>> answer(Multi<Message<byte[]>> questions) {
            return workers.answer("parrot", "answers", questions, LlmWorkerOptions.DEFAULTS);
        }
    }

    @Inject
    @Connector("smallrye-in-memory")
    InMemoryConnector memory;
    @Inject
    LlmMessages messages;
    @Inject
    Talk talk;
    @Inject
    Config config;

    @Test
    void aTestAsksAndReadsTheAnswer() {
        InMemorySource<Message<byte[]>> requests = memory.source("pool-requests");
        InMemorySink<byte[]> events = memory.sink("pool-events");
        InMemorySink<byte[]> responses = memory.sink("pool-responses");

        requests.send(messages.write("pool-requests", request("one", "hello")));

        await().untilAsserted(() -> assertThat(responses.received()).hasSize(1));
        List<LlmMessage> read = events.received().stream().map(messages::read).toList();
        assertThat(read).allMatch(event -> event.headers().correlationId().equals("one"))
                .extracting(event -> event.headers().sequence()).containsExactly(0L, 1L, 2L, 3L, 4L);
        assertThat(read.get(2)).isInstanceOfSatisfying(LlmMessage.Event.class, event -> assertThat(event.event())
                .isInstanceOfSatisfying(LlmEvent.TextDelta.class, text -> assertThat(text.delta()).isEqualTo("hello")));
        assertThat(messages.read(responses.received().get(0))).isInstanceOfSatisfying(LlmMessage.Response.class,
                answer -> assertThat(answer.response().text()).isEqualTo("hello"));
    }

    @Test
    void whatCannotBeReadIsADeadLetter() {
        InMemorySource<Message<byte[]>> requests = memory.source("pool-requests");
        InMemorySink<byte[]> deadLetters = memory.sink("pool-dead-letters");

        requests.send(Message.of("no message of ours".getBytes()));

        await().untilAsserted(() -> assertThat(deadLetters.received()).hasSize(1));
        assertThat(messages.read(deadLetters.received().get(0))).isInstanceOfSatisfying(LlmMessage.DeadLetter.class,
                letter -> assertThat(letter.payload().toString()).isEqualTo("no message of ours"));
    }

    @Test
    void methodsOfTheApplicationHoldTheOtherEnds() {
        talk.ask(request("two", "there"));

        await().untilAsserted(() -> assertThat(talk.events()).hasSize(5));
        assertThat(config.getOptionalValue("mp.messaging.incoming.\"own.one-events\".connector", String.class)).isEmpty();
        assertThat(config.getOptionalValue("mp.messaging.outgoing.\"own.one-events\".connector", String.class)).isEmpty();
        assertThat(config.getValue("mp.messaging.outgoing.\"own.one-responses\".connector", String.class))
                .isEqualTo("smallrye-in-memory");
    }

    @Test
    void aMethodOfTheApplicationIsAWorker() {
        InMemorySource<Message<byte[]>> questions = memory.source("questions");
        InMemorySink<byte[]> answers = memory.sink("answers");
        AtomicBoolean acknowledged = new AtomicBoolean();

        questions.send(messages.write("questions", request("three", "by hand")).withAck(() -> {
            acknowledged.set(true);
            return CompletableFuture.completedFuture(null);
        }));

        await().untilTrue(acknowledged);
        assertThat(answers.received()).extracting(messages::read)
                .allMatch(event -> event.headers().correlationId().equals("three"))
                .extracting(event -> event.headers().sequence()).containsExactly(0L, 1L, 2L, 3L, 4L);
        assertThat(messages.read(answers.received().get(4))).isInstanceOfSatisfying(LlmMessage.Event.class,
                event -> assertThat(event.event()).isInstanceOfSatisfying(LlmEvent.ResponseCompleted.class,
                        completed -> assertThat(completed.response().text()).isEqualTo("by hand")));
    }

    private static LlmMessage request(String correlationId, String word) {
        return new LlmMessage.Request(MessageHeaders.of(correlationId), LlmRequest.of(word));
    }
}
