package io.quarkiverse.llm.messaging.runtime.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.llm.LlmBadRequestException;
import io.quarkiverse.llm.LlmErrorDetails;
import io.quarkiverse.llm.LlmEvent;
import io.quarkiverse.llm.LlmException;
import io.quarkiverse.llm.LlmOverloadedException;
import io.quarkiverse.llm.LlmTimeoutException;
import io.quarkiverse.llm.LlmTruncatedStreamException;
import io.quarkiverse.llm.messaging.LlmMessage;
import io.quarkiverse.llm.messaging.MessageHeaders;
import io.quarkiverse.llm.messaging.runtime.LogLines;
import io.smallrye.mutiny.Multi;

/** What becomes of requests that cannot be answered. */
class WorkerFailuresTest {

    private WorkerFixture fixture = new WorkerFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    private static LlmException overloaded() {
        return new LlmOverloadedException("busy", LlmErrorDetails.of("steered"));
    }

    @Test
    void aFailureThatStaysIsTheAnswer() {
        WorkerFixture.Sent request = fixture.send("a");
        fixture.provider.call(0).text("x").fail(new LlmBadRequestException("no", LlmErrorDetails.of("steered")));
        fixture.awaitAcknowledged(request);
        assertThat(fixture.failure("a").cause()).isInstanceOf(LlmBadRequestException.class).hasMessage("no");
        assertThat(fixture.failure("a").headers().sequence()).isEqualTo(1);
        assertThat(fixture.responses.all(LlmMessage.Failure.class)).hasSize(1);
        assertThat(fixture.deadLetters.all()).isEmpty();
    }

    @Test
    void aFailureThatMayPassIsTriedAgainAsTheNextAttempt() {
        WorkerFixture.Sent request = fixture.send("a");
        fixture.provider.call(0).text("x").fail(overloaded());
        fixture.provider.call(1).answer("y");
        fixture.awaitAcknowledged(request);
        assertThat(fixture.events.of("a")).extracting(event -> event.headers().attempt()).containsExactly(1, 2, 2);
        assertThat(fixture.events.of("a")).extracting(event -> event.headers().sequence()).containsExactly(0L, 0L, 1L);
    }

    @Test
    void whenTheLastAttemptFailsTheRequestIsADeadLetterAndTheCallerIsTold() {
        WorkerFixture.Sent request = fixture.send("a");
        for (int attempt = 0; attempt < 3; attempt++) {
            fixture.provider.call(attempt).fail(overloaded());
        }
        fixture.awaitAcknowledged(request);
        assertThat(fixture.failure("a").cause()).isInstanceOf(LlmOverloadedException.class);
        LlmMessage.DeadLetter letter = fixture.deadLetters.all(LlmMessage.DeadLetter.class).get(0);
        assertThat(letter.reason()).isEqualTo("Attempt 3, the last, failed: busy");
        assertThat(letter.headers().correlationId()).isEqualTo("a");
        assertThat(letter.payload().toString()).contains("\"input\"");
        assertThat(fixture.provider.calls()).hasSize(3);
    }

    @Test
    void aRequestThatWasBegunTooOftenIsNotBegunAgain() {
        MessageHeaders headers = new MessageHeaders("a", Optional.empty(), Optional.empty(), Optional.empty(),
                Optional.empty(), 4, Optional.empty(), MessageHeaders.NO_SEQUENCE, Map.of());
        fixture.awaitAcknowledged(fixture.send(headers));
        assertThat(fixture.provider.calls()).isEmpty();
        assertThat(fixture.deadLetters.all(LlmMessage.DeadLetter.class)).extracting(LlmMessage.DeadLetter::reason)
                .containsExactly("The request was begun 3 times, and no worker wrote its end");
        assertThat(fixture.failure("a").cause()).hasMessageContaining("begun 3 times");
    }

    @Test
    void aMessageThatCannotBeReadIsADeadLetterWithItsBytesAndTheReason() {
        WorkerFixture.Sent request = fixture.sendRaw(Map.of("llm-version", "1", "llm-type", "request", "llm-correlation-id",
                "a", "llm-reply-to", "there"), "{broken".getBytes());
        fixture.awaitAcknowledged(request);
        LlmMessage.DeadLetter letter = fixture.deadLetters.all(LlmMessage.DeadLetter.class).get(0);
        assertThat(letter.payload().toString()).isEqualTo("{broken");
        assertThat(letter.reason()).startsWith("The payload is no request");
        assertThat(fixture.failure("a").headers().replyTo()).contains("there");
    }

    @Test
    void aDeadLetterHasTheHeadersThatCanBeReadOfWhatItWas() {
        fixture.awaitAcknowledged(fixture.sendRaw(Map.of("llm-version", "1", "llm-type", "request", "llm-correlation-id", "a",
                "llm-conversation", "c", "llm-idempotency-key", "k", "llm-reply-to", "there", "llm-attempt", "first",
                "llm-deadline", "tomorrow", "traceparent", "t"), "{}".getBytes()));
        LlmMessage.DeadLetter letter = fixture.deadLetters.all(LlmMessage.DeadLetter.class).get(0);
        assertThat(letter.reason()).contains("llm-deadline", "tomorrow");
        assertThat(letter.headers()).isEqualTo(MessageHeaders.of("a").withConversation("c").withIdempotencyKey("k")
                .withReplyTo("there").withTrace(Map.of("traceparent", "t"))
                .withAttempt(1, letter.headers().worker().orElseThrow()));
        assertThat(fixture.failure("a").headers().replyTo()).contains("there");
    }

    @Test
    void aDeadLetterOfWhichNobodyKnowsWhoseItIsHasItsKeyAllTheSame() {
        fixture.awaitAcknowledged(fixture.sendRaw(Map.of("llm-version", "2", "llm-conversation", "c"), "{}".getBytes()));
        assertThat(fixture.deadLetters.all()).singleElement().satisfies(letter -> {
            assertThat(letter.headers().key()).isEqualTo("c");
            assertThat(letter.headers().worker()).isPresent();
        });
        assertThat(fixture.events.all()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = { "event", "response", "failure", "cancel" })
    void anAnswerIsNotAnswered(String type) {
        for (byte[] payload : List.of("{}".getBytes(), "{broken".getBytes())) {
            fixture.awaitAcknowledged(fixture.sendRaw(Map.of("llm-version", "1", "llm-type", type, "llm-correlation-id", "a",
                    "llm-reply-to", "there"), payload));
        }
        assertThat(fixture.deadLetters.all()).hasSize(2).allMatch(letter -> letter.headers().replyTo().isPresent());
        assertThat(fixture.events.all()).isEmpty();
        assertThat(fixture.responses.all()).isEmpty();
    }

    @Test
    void whatMayBeARequestIsAnsweredAtTheUsualPlace() {
        fixture.awaitAcknowledged(fixture.sendRaw(Map.of("llm-version", "1", "llm-correlation-id", "a", "llm-reply-to",
                "there"), "{}".getBytes()));
        assertThat(fixture.failure("a").headers().replyTo()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = { "pool-requests", "pool-cancels" })
    void aRequestWhoseAnswerWouldComeBackIsAnsweredAtTheUsualPlaceWithAFailure(String replyTo) {
        fixture.awaitAcknowledged(fixture.send(MessageHeaders.of("a").withReplyTo(replyTo)));
        assertThat(fixture.provider.calls()).isEmpty();
        assertThat(fixture.failure("a").cause()).hasMessageContaining("llm-reply-to is '" + replyTo + "'");
        assertThat(fixture.failure("a").headers().replyTo()).isEmpty();
        assertThat(fixture.responses.all(LlmMessage.Failure.class)).hasSize(1)
                .allMatch(failure -> failure.headers().replyTo().isEmpty());
        assertThat(fixture.deadLetters.all(LlmMessage.DeadLetter.class)).singleElement()
                .satisfies(letter -> assertThat(letter.reason()).contains("it would get its own answer"))
                .satisfies(letter -> assertThat(letter.headers().replyTo()).contains(replyTo));
    }

    @Test
    void aMessageOfNobodyIsADeadLetterAlone() {
        fixture.awaitAcknowledged(fixture.sendRaw(Map.of(), "hello".getBytes()));
        assertThat(fixture.deadLetters.all()).hasSize(1);
        assertThat(fixture.events.all()).isEmpty();
        await().until(() -> fixture.demand.get() == 32);
    }

    @Test
    void aRequestIsRefusedWhenItsDeadLetterCannotBeWritten() {
        fixture.deadLetters.refuse(message -> Optional.of(new IllegalStateException("no room")));
        WorkerFixture.Sent request = fixture.sendRaw(Map.of(), "hello".getBytes());
        await().until(() -> request.refused != null);
        assertThat(request.refused).hasMessage("no room");
    }

    @Test
    void aConnectorThatThrowsInsteadOfTellingIsDoneWithout() {
        fixture.attempts.broken = true;
        WorkerFixture.Sent request = fixture.send("a");
        WorkerFixture.Sent poison = fixture.sendRaw(Map.of(), "hello".getBytes());
        fixture.provider.call(0).answer("x");
        fixture.awaitAcknowledged(request, poison);
        await().until(() -> fixture.demand.get() == 32);
    }

    @Test
    void anExpiredRequestIsAnsweredWithoutTheProvider() {
        fixture.awaitAcknowledged(fixture.send(MessageHeaders.of("a").withDeadline(Instant.now().minusSeconds(1))));
        assertThat(fixture.failure("a").cause()).isInstanceOf(LlmTimeoutException.class);
        assertThat(fixture.failure("a").cause().code()).contains(LlmMessage.Failure.EXPIRED);
        assertThat(fixture.provider.calls()).isEmpty();
    }

    @Test
    void aRequestExpiresWhileItWaits() {
        fixture.send("a", "c");
        SteeredProvider.Call first = fixture.provider.call(0);
        fixture.awaitAcknowledged(fixture
                .send(MessageHeaders.of("b").withConversation("c").withDeadline(Instant.now().plusMillis(20))));
        assertThat(fixture.failure("b").cause().code()).contains(LlmMessage.Failure.EXPIRED);
        first.answer("x");
        assertThat(fixture.provider.calls()).hasSize(1);
    }

    @Test
    void theDeadlineEndsARunningAnswer() {
        WorkerFixture.Sent request = fixture.send(MessageHeaders.of("a").withDeadline(Instant.now().plusMillis(300)));
        SteeredProvider.Call call = fixture.provider.call(0).text("x");
        fixture.awaitAcknowledged(request);
        assertThat(call.cancelled).isTrue();
        assertThat(fixture.failure("a").cause()).isInstanceOf(LlmTimeoutException.class);
        assertThat(fixture.failure("a").cause().code()).isEmpty();
    }

    @Test
    void aProviderThatNeverSaysAnythingEndsAtTheTimeout() {
        fixture.close();
        fixture = new WorkerFixture(WorkerFixture.options().timeout(Duration.ofMillis(30)).build());
        fixture.provider.instead = request -> Multi.createFrom().nothing();
        fixture.awaitAcknowledged(fixture.send("a"));
        assertThat(fixture.failure("a").cause()).isInstanceOf(LlmTimeoutException.class);
    }

    @Test
    void aStreamWithoutItsEndIsAFailure() {
        fixture.provider.instead = request -> Multi.createFrom().item(SteeredProvider.delta("x"));
        fixture.awaitAcknowledged(fixture.send("a"));
        assertThat(fixture.failure("a").cause()).isInstanceOf(LlmTruncatedStreamException.class);
    }

    @Test
    void aProviderThatThrowsIsAFailureWhoseWordsStayWithTheWorker() {
        fixture.provider.instead = request -> {
            throw new IllegalStateException("password=hunter2");
        };
        fixture.awaitAcknowledged(fixture.send("a"));
        assertThat(fixture.failure("a").cause()).hasMessage("The provider 'steered' failed with a "
                + "java.lang.IllegalStateException: the log of the worker has more");
    }

    @Test
    void aProviderThatReturnsNothingIsAFailure() {
        fixture.provider.instead = request -> null;
        fixture.awaitAcknowledged(fixture.send("a"));
        assertThat(fixture.failure("a").cause()).hasMessageContaining("returned null");
    }

    @Test
    void whatComesAfterTheEndIsDropped() {
        fixture.provider.instead = request -> Multi.createFrom().items(
                new LlmEvent.ResponseCompleted(SteeredProvider.response()), SteeredProvider.delta("late"));
        fixture.awaitAcknowledged(fixture.send("a"));
        assertThat(fixture.events.of("a")).hasSize(1);
    }

    @Test
    void anEventThatCannotBeWrittenEndsTheAnswerWithAFailureInItsPlace() {
        refuseEvents("huge");
        WorkerFixture.Sent request = fixture.send("a");
        SteeredProvider.Call call = fixture.provider.call(0).text("x").text("huge");
        fixture.awaitAcknowledged(request);
        assertThat(call.cancelled).isTrue();
        assertThat(fixture.failure("a").cause())
                .hasMessage("A message of the answer could not be written: the log of the worker has more");
        assertThat(fixture.events.of("a")).extracting(event -> event.headers().sequence()).containsExactly(0L, 1L);
    }

    @Test
    void whyAnAnswerCouldNotBeWrittenIsInTheLog() {
        refuseEvents("huge");
        try (LogLines log = new LogLines("io.quarkiverse.llm.messaging")) {
            WorkerFixture.Sent request = fixture.send("a");
            fixture.provider.call(0).text("huge");
            fixture.awaitAcknowledged(request);
            assertThat(log.lines()).singleElement().asString().contains("the request a", "the record is too large");
        }
    }

    @Test
    void anEndThatCannotBeWrittenIsReplacedByAFailureOnBothChannels() {
        fixture.events.refuse(message -> message instanceof LlmMessage.Event event
                && event.event() instanceof LlmEvent.ResponseCompleted ? tooLarge() : Optional.empty());
        fixture.responses.refuse(message -> message instanceof LlmMessage.Response ? tooLarge() : Optional.empty());
        WorkerFixture.Sent request = fixture.send("a");
        fixture.provider.call(0).answer("x");
        fixture.awaitAcknowledged(request);
        assertThat(fixture.failure("a").headers().sequence()).isEqualTo(1);
        assertThat(fixture.responses.all(LlmMessage.Failure.class)).hasSize(1);
    }

    @Test
    void bothChannelsEndWithTheSameWhenTheLastEventCannotBeWritten() {
        fixture.events.refuse(message -> message instanceof LlmMessage.Event event
                && event.event() instanceof LlmEvent.ResponseCompleted ? tooLarge() : Optional.empty());
        WorkerFixture.Sent request = fixture.send(MessageHeaders.of("a").withIdempotencyKey("k"));
        fixture.provider.call(0).answer("x");
        fixture.awaitAcknowledged(request);
        assertThat(fixture.failure("a").headers().sequence()).isEqualTo(1);
        assertThat(fixture.responses.all()).singleElement().isInstanceOfSatisfying(LlmMessage.Failure.class,
                failure -> assertThat(failure.cause()).hasMessage(fixture.failure("a").cause().getMessage()));
        // no answer: one may ask again
        fixture.send(MessageHeaders.of("b").withIdempotencyKey("k"));
        fixture.provider.call(1);
    }

    @Test
    void theResponseComesWhenItsEventsAreWritten() {
        fixture.events.hold();
        WorkerFixture.Sent request = fixture.send("a");
        fixture.provider.call(0).answer("x");
        await().until(() -> fixture.events.held() == 2);
        fixture.settle();
        assertThat(fixture.responses.all()).isEmpty();
        fixture.events.letGo();
        fixture.awaitAcknowledged(request);
        assertThat(fixture.responses.all(LlmMessage.Response.class)).hasSize(1);
    }

    private void refuseEvents(String text) {
        fixture.events.refuse(message -> message instanceof LlmMessage.Event event
                && event.event() instanceof LlmEvent.TextDelta delta && delta.delta().equals(text) ? tooLarge()
                        : Optional.empty());
    }

    private static Optional<Throwable> tooLarge() {
        return Optional.of(new IllegalArgumentException("the record is too large"));
    }

    @Test
    void theEndsOfAFailedAnswerAreWrittenBeforeTheAcknowledgement() {
        fixture.responses.hold();
        WorkerFixture.Sent request = fixture.send("a");
        fixture.provider.call(0).fail(new LlmBadRequestException("no", LlmErrorDetails.of("steered")));
        await().until(() -> fixture.responses.held() == 1);
        fixture.settle();
        assertThat(request.isConcluded()).isFalse();
        fixture.responses.letGo();
        fixture.awaitAcknowledged(request);
    }

    @Test
    void anEventTakesNeitherTraceNorDeadlineAlong() {
        WorkerFixture.Sent request = fixture.send(MessageHeaders.of("a").withDeadline(Instant.now().plusSeconds(60))
                .withTrace(Map.of("traceparent", "t")));
        fixture.provider.call(0).answer("x");
        fixture.awaitAcknowledged(request);
        List<LlmMessage> events = fixture.events.of("a");
        assertThat(events).allMatch(event -> event.headers().trace().isEmpty() && event.headers().deadline().isEmpty());
        assertThat(fixture.responses.all().get(0).headers().trace()).containsEntry("traceparent", "t");
    }
}
