package io.quarkiverse.llm.messaging.runtime.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.quarkiverse.llm.LlmErrorDetails;
import io.quarkiverse.llm.LlmEvent;
import io.quarkiverse.llm.LlmOverloadedException;
import io.quarkiverse.llm.messaging.LlmMessage;
import io.quarkiverse.llm.messaging.MessageHeaders;
import io.quarkiverse.llm.messaging.runtime.LogLines;
import io.smallrye.mutiny.Multi;

/** What counts as an attempt, and that attempts do not go on for ever. */
class WorkerAttemptsTest {

    private final WorkerFixture fixture = new WorkerFixture(WorkerFixture.options().concurrency(1).maxInFlight(2).build());

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void anAttemptCountsBeforeTheProviderIsAsked() {
        WorkerFixture.Sent request = fixture.send("a");
        SteeredProvider.Call first = fixture.provider.call(0);
        assertThat(fixture.attempts.of("a")).isEqualTo(1);
        first.fail(new LlmOverloadedException("busy", LlmErrorDetails.of("steered")));
        SteeredProvider.Call second = fixture.provider.call(1);
        assertThat(fixture.attempts.of("a")).isEqualTo(2);
        second.answer("x");
        fixture.awaitAcknowledged(request);
        assertThat(fixture.attempts.of("a")).isEqualTo(2);
    }

    @Test
    void whatOnlyWaitsIsNoAttempt() {
        fixture.send("a");
        WorkerFixture.Sent waiting = fixture.send("b");
        fixture.provider.call(0);
        fixture.worker.shutdown().await().indefinitely();
        assertThat(waiting.isConcluded()).isFalse();
        assertThat(fixture.attempts.of("b")).isZero();
    }

    @Test
    void attemptsOfOtherWorkersCountWhatTheirRetriesWereToo() {
        fixture.attempts.tells = true;
        fixture.attempts.put("a", 2);
        WorkerFixture.Sent request = fixture.send("a");
        fixture.provider.call(0).answer("x");
        fixture.awaitAcknowledged(request);
        assertThat(fixture.events.of("a")).allMatch(event -> event.headers().attempt() == 3);
    }

    @Test
    void whatTheConnectorCountsAndTheWorkerRemembersIsTheSame() {
        fixture.attempts.tells = true;
        fixture.responses.refuse(message -> Optional.of(new IllegalStateException("not now")));
        WorkerFixture.Sent refused = fixture.send("a");
        fixture.provider.call(0).answer("x");
        await().until(() -> refused.refused != null);
        fixture.responses.refuse(message -> Optional.empty());
        WorkerFixture.Sent again = fixture.send("a");
        fixture.provider.call(1).answer("y");
        fixture.awaitAcknowledged(again);
        assertThat(fixture.events.of("a")).extracting(event -> event.headers().attempt()).containsExactly(1, 1, 2, 2);
    }

    @Test
    void anAnswerThatCanNeverBeWrittenIsADeadLetterAtLast() {
        fixture.responses.refuse(message -> Optional.of(new IllegalStateException("no such topic")));
        fixture.provider.instead = request -> Multi.createFrom()
                .item(new LlmEvent.ResponseCompleted(SteeredProvider.response()));
        againUntilAcknowledged(() -> fixture.send("a"));
        assertThat(fixture.attempts.of("a")).isGreaterThanOrEqualTo(3);
        assertThat(fixture.events.of("a")).filteredOn(LlmMessage.Event.class::isInstance).hasSize(3);
        assertOneDeadLetterNames("no such topic");
        assertTheDeadLetterBegins("The request was begun 3 times and ended 3 times, but no worker wrote its end. ");
    }

    @Test
    void anAttemptThatWasLostDidNotEnd() {
        fixture.attempts.tells = true;
        fixture.attempts.put("a", 1);
        fixture.responses.refuse(message -> Optional.of(new IllegalStateException("no such topic")));
        fixture.provider.instead = request -> Multi.createFrom()
                .item(new LlmEvent.ResponseCompleted(SteeredProvider.response()));
        againUntilAcknowledged(() -> fixture.send("a"));
        assertTheDeadLetterBegins("The request was begun 3 times and ended 2 times, but no worker wrote its end. ");
    }

    @Test
    void aRefusalNamesTheRequest() {
        fixture.responses.refuse(message -> Optional.of(new IllegalStateException("no such topic")));
        try (LogLines log = new LogLines("io.quarkiverse.llm.messaging")) {
            WorkerFixture.Sent refused = fixture.send("a");
            fixture.provider.call(0).answer("x");
            await().until(() -> refused.refused != null);
            assertThat(log.lines()).anySatisfy(
                    line -> assertThat(line).startsWith("The request 'a' is refused, ").contains("no such topic"));
        }
    }

    @Test
    void anEndThatCanNeverBeToldIsADeadLetterAtLast() {
        fixture.events.refuse(message -> Optional.of(new IllegalStateException("no such topic")));
        againUntilAcknowledged(() -> fixture.send(MessageHeaders.of("a").withDeadline(Instant.EPOCH)));
        assertThat(fixture.provider.calls()).isEmpty();
        assertOneDeadLetterNames("no such topic");
        assertTheDeadLetterBegins("The request was not begun, and no worker wrote its end. ");
    }

    @Test
    void poisonOfWhichNobodyCanBeToldIsADeadLetterAtLast() {
        fixture.attempts.tells = true;
        fixture.events.refuse(message -> Optional.of(new IllegalStateException("no such topic")));
        againUntilAcknowledged(() -> fixture.sendRaw(
                Map.of("llm-version", "1", "llm-type", "request", "llm-correlation-id", "a"), "{broken".getBytes()));
        assertOneDeadLetterNames("no such topic");
    }

    @Test
    void whyItWasRefusedBeforeStandsInTheDeadLetterAlone() {
        fixture.responses.refuse(message -> Optional.of(new IllegalStateException("too large")));
        fixture.provider.instead = request -> Multi.createFrom()
                .item(new LlmEvent.ResponseCompleted(SteeredProvider.response()));
        for (int delivery = 0; delivery < 3; delivery++) {
            WorkerFixture.Sent refused = fixture.send("a");
            await().until(() -> refused.refused != null);
        }
        fixture.responses.refuse(message -> Optional.empty());
        fixture.awaitAcknowledged(fixture.send("a"));
        assertOneDeadLetterNames("too large");
        assertThat(fixture.failure("a").cause())
                .hasMessage("The request was begun 3 times and ended 3 times, but no worker wrote its end");
    }

    private void assertOneDeadLetterNames(String refusal) {
        assertThat(fixture.deadLetters.all(LlmMessage.DeadLetter.class)).singleElement()
                .satisfies(letter -> assertThat(letter.reason()).containsOnlyOnce(refusal));
    }

    private void assertTheDeadLetterBegins(String reason) {
        assertThat(fixture.deadLetters.all(LlmMessage.DeadLetter.class)).extracting(LlmMessage.DeadLetter::reason)
                .singleElement().asString().startsWith(reason);
    }

    /** As a connector that redelivers what is refused. */
    private static void againUntilAcknowledged(Supplier<WorkerFixture.Sent> send) {
        for (int delivery = 0; delivery < 10; delivery++) {
            WorkerFixture.Sent request = send.get();
            await().until(request::isConcluded);
            if (request.acknowledged) {
                return;
            }
        }
        throw new AssertionError("It comes again and again");
    }
}
