package io.quarkiverse.llm.messaging.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import org.eclipse.microprofile.reactive.messaging.Message;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.quarkiverse.llm.LlmErrorDetails;
import io.quarkiverse.llm.LlmEvent;
import io.quarkiverse.llm.LlmProvider;
import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.LlmResponse;
import io.quarkiverse.llm.LlmServerException;
import io.quarkiverse.llm.messaging.DeadLetterException;
import io.quarkiverse.llm.messaging.LlmMessage;
import io.quarkiverse.llm.messaging.LlmWorkerOptions;
import io.quarkiverse.llm.messaging.MessageHeaders;
import io.quarkiverse.llm.messaging.runtime.channel.MessageMapper;
import io.quarkiverse.llm.messaging.runtime.worker.TraceContext;
import io.smallrye.mutiny.Multi;
import io.vertx.core.Vertx;

/** The engine of workers in the hands of an application. */
class WorkersByHandTest {

    private static final LlmWorkerOptions OPTIONS = LlmWorkerOptions.builder().maxAttempts(1).retryDelay(Duration.ofMillis(1))
            .build();

    private final Vertx vertx = Vertx.vertx();
    private final MessageMapper mapper = new MessageMapper(channel -> Optional.empty(), List.of());
    private final WorkersByHand workers = new WorkersByHand(WorkersByHandTest::provider, mapper, vertx, TraceContext.NONE);
    private final List<String> concluded = new CopyOnWriteArrayList<>();
    private final List<Throwable> refusals = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private static LlmProvider provider(String name) {
        return switch (name) {
            case "answering" -> of(Multi.createFrom().item(new LlmEvent.ResponseCompleted(
                    LlmResponse.builder().id("r").model("m").createdAt(Instant.EPOCH).build())));
            case "failing" -> of(Multi.createFrom().failure(new LlmServerException("down", LlmErrorDetails.of("failing"))));
            case "silent" -> of(Multi.createFrom().nothing());
            default -> throw new IllegalArgumentException("There is no provider " + name);
        };
    }

    private static LlmProvider of(Multi<LlmEvent> events) {
        return new LlmProvider() {

            @Override
            public String name() {
                return "mine";
            }

            @Override
            public Multi<LlmEvent> stream(LlmRequest request) {
                return events;
            }
        };
    }

    private Message<byte[]> request(String correlationId) {
        return delivery(correlationId,
                mapper.write("in", new LlmMessage.Request(MessageHeaders.of(correlationId), LlmRequest.of("hello"))));
    }

    private Message<byte[]> delivery(String name, Message<byte[]> message) {
        return message.withAck(() -> concluded("acknowledged " + name)).withNack(reason -> {
            refusals.add(reason);
            return concluded("refused " + name + ": " + reason.getMessage());
        });
    }

    private CompletableFuture<Void> concluded(String what) {
        concluded.add(what);
        return CompletableFuture.completedFuture(null);
    }

    @Test
    void theStreamEndsWhenAllRequestsAreAnswered() {
        List<LlmMessage> answers = workers.answer("answering", "out", Multi.createFrom().items(request("a"), request("b")),
                OPTIONS).onItem().invoke(Message::ack).map(mapper::read).collect().asList().await().indefinitely();
        assertThat(answers).extracting(answer -> answer.headers().correlationId()).containsExactlyInAnyOrder("a", "b");
        assertThat(concluded).containsExactlyInAnyOrder("acknowledged a", "acknowledged b");
    }

    @Test
    void aRequestIsAcknowledgedWithItsLastMessage() {
        List<Message<byte[]>> answers = new CopyOnWriteArrayList<>();
        workers.answer("answering", "out", Multi.createFrom().item(request("a")), OPTIONS).subscribe().with(answers::add);
        await().until(() -> answers.size() == 1);
        assertThat(concluded).isEmpty();
        answers.get(0).ack();
        await().until(() -> concluded.contains("acknowledged a"));
    }

    @Test
    void anExhaustedRequestIsRefusedAfterItsFailure() {
        List<LlmMessage> answers = workers.answer("failing", "out", Multi.createFrom().item(request("a")), OPTIONS)
                .onItem().invoke(Message::ack).map(mapper::read).collect().asList().await().indefinitely();
        assertThat(answers).hasSize(1).first().isInstanceOf(LlmMessage.Failure.class);
        assertThat(concluded).containsExactly("refused a: Attempt 1, the last, failed: down");
        assertThat(refusals).singleElement().isInstanceOfSatisfying(DeadLetterException.class,
                dead -> assertThat(dead.correlationId()).isEqualTo("a"));
    }

    @Test
    void whatIsNoRequestIsRefusedForGood() {
        Message<byte[]> cancel = mapper.write("in", new LlmMessage.Cancel(MessageHeaders.of("e")));
        assertThat(workers.answer("answering", "out",
                Multi.createFrom().items(delivery("e", cancel), delivery("none", Message.of("hello".getBytes()))), OPTIONS)
                .collect().asList().await().indefinitely()).isEmpty();
        assertThat(concluded).hasSize(2).allMatch(one -> one.startsWith("refused"));
        assertThat(refusals).allMatch(DeadLetterException.class::isInstance);
    }

    @Test
    void whatWasRefusedForGoodIsNotBegunAgainAndKeepsItsReason() {
        AtomicInteger asked = new AtomicInteger();
        WorkersByHand failing = new WorkersByHand(name -> of(Multi.createFrom().<LlmEvent> failure(() -> {
            asked.incrementAndGet();
            return new LlmServerException("down", LlmErrorDetails.of("failing"));
        })), mapper, vertx, TraceContext.NONE);
        failing.answer("failing", "out", Multi.createFrom().items(request("a"), request("a"), request("a")), OPTIONS)
                .onItem().invoke(Message::ack).collect().asList().await().indefinitely();
        assertThat(concluded).hasSize(3).containsOnly("refused a: Attempt 1, the last, failed: down");
        assertThat(asked).hasValue(1);
    }

    @Test
    void aRequestWhoseFailureCannotBeWrittenIsRefusedForNow() {
        workers.answer("failing", "out", Multi.createFrom().item(request("a")), OPTIONS)
                .onItem().invoke(answer -> answer.nack(new IllegalStateException("no room"))).collect().asList().await()
                .indefinitely();
        assertThat(concluded).containsExactly("refused a: no room");
        assertThat(refusals).noneMatch(DeadLetterException.class::isInstance);
    }

    @Test
    void aCancelledRequestIsAnsweredAsSuch() {
        List<LlmMessage> answers = new CopyOnWriteArrayList<>();
        workers.answer("silent", "out", Multi.createFrom().item(request("a")), OPTIONS).onItem().invoke(Message::ack)
                .map(mapper::read).subscribe().with(answers::add);
        workers.cancel("a");
        await().until(() -> concluded.contains("acknowledged a"));
        assertThat(((LlmMessage.Failure) answers.get(0)).cause().code()).contains(LlmMessage.Failure.CANCELLED);
    }

    @Test
    void cancellingTheStreamLeavesTheRequestsAlone() {
        List<String> left = new CopyOnWriteArrayList<>();
        workers.answer("silent", "out", Multi.createBy().concatenating()
                .streams(Multi.createFrom().item(request("a")), Multi.createFrom().<Message<byte[]>> nothing())
                .onCancellation().invoke(() -> left.add("in")), OPTIONS).subscribe().with(answer -> {
                }).cancel();
        await().until(() -> left.contains("in"));
        assertThat(concluded).isEmpty();
        assertThat(workers.workers()).isEmpty();
    }

    @Test
    void aFailureOfTheRequestsIsOneOfTheStream() {
        assertThatThrownBy(() -> workers.answer("answering", "out",
                Multi.createFrom().<Message<byte[]>> failure(new IllegalStateException("lost")), OPTIONS).collect().asList()
                .await().indefinitely()).hasMessage("lost");
    }

    @Test
    void anUnknownProviderIsRefusedAtOnce() {
        assertThatThrownBy(() -> workers.answer("nobody", "out", Multi.createFrom().empty(), OPTIONS))
                .isInstanceOf(IllegalArgumentException.class).hasMessage("There is no provider nobody");
    }
}
