package io.quarkiverse.llm.messaging.runtime.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Optional;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.quarkiverse.llm.LlmBadRequestException;
import io.quarkiverse.llm.LlmErrorDetails;
import io.quarkiverse.llm.LlmOverloadedException;
import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.messaging.LlmMessage;
import io.quarkiverse.llm.messaging.MessageHeaders;

/** Which requests a worker takes, begins, stops and gives back. */
class WorkerOrderTest {

    private WorkerFixture fixture;

    private WorkerFixture with(int concurrency, int maxInFlight) {
        fixture = new WorkerFixture(
                WorkerFixture.options().concurrency(concurrency).maxInFlight(maxInFlight).maxUnwrittenEvents(4).build());
        return fixture;
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void onlyAsManyAreTakenAsMayBeInFlight() {
        with(1, 3);
        assertThat(fixture.demand).hasValue(3);
        WorkerFixture.Sent request = fixture.send("a");
        fixture.send("b");
        assertThat(fixture.demand).hasValue(1);
        fixture.provider.call(0).answer("x");
        fixture.awaitAcknowledged(request);
        await().until(() -> fixture.demand.get() == 2);
    }

    @Test
    void onlyAsManyStreamAsMayAtTheSameTime() {
        with(2, 4);
        fixture.send("a");
        fixture.send("b");
        fixture.send("c");
        fixture.provider.call(1);
        fixture.settle();
        assertThat(fixture.provider.calls()).hasSize(2);
        fixture.provider.call(0).answer("x");
        fixture.provider.call(2);
        assertThat(fixture.provider.mostRunning()).isEqualTo(2);
    }

    @Test
    void aConversationGoesOneAfterTheOtherWhileOthersGoOn() {
        with(4, 8);
        fixture.send("a1", "a");
        fixture.send("a2", "a");
        fixture.send("b1", "b");
        SteeredProvider.Call first = fixture.provider.call("a1");
        fixture.provider.call("b1");
        fixture.settle();
        assertThat(fixture.provider.calls()).hasSize(2);
        first.answer("x");
        assertThat(fixture.provider.call(2).request).isEqualTo(LlmRequest.of("a2"));
    }

    @Test
    void theNextOfAConversationWaitsForTheRetry() {
        with(4, 8);
        fixture.send("a1", "a");
        WorkerFixture.Sent second = fixture.send("a2", "a");
        fixture.provider.call(0).fail(new LlmOverloadedException("busy", LlmErrorDetails.of("steered")));
        assertThat(fixture.provider.call(1).request).isEqualTo(LlmRequest.of("a1"));
        fixture.provider.call(1).answer("x");
        fixture.provider.call(2).answer("y");
        fixture.awaitAcknowledged(second);
    }

    @Test
    void anUnreadStreamIsNotAskedForMore() {
        with(1, 1);
        fixture.events.hold();
        fixture.send("a");
        SteeredProvider.Call call = fixture.provider.call(0);
        await().until(() -> call.requested.get() == 4);
        for (int i = 0; i < 4; i++) {
            call.text("x");
        }
        assertThat(call.requested).hasValue(4);
        fixture.events.letGo();
        await().until(() -> call.requested.get() == 8);
    }

    @Test
    void aCancelStopsARunningRequest() {
        with(1, 2);
        WorkerFixture.Sent request = fixture.send("a");
        SteeredProvider.Call call = fixture.provider.call(0).text("x");
        fixture.cancel("a");
        fixture.awaitAcknowledged(request);
        assertThat(call.cancelled).isTrue();
        assertThat(fixture.failure("a").cause().code()).contains(LlmMessage.Failure.CANCELLED);
        assertThat(fixture.failure("a").headers().sequence()).isEqualTo(1);
    }

    @Test
    void aCancelStopsAWaitingRequest() {
        with(1, 2);
        fixture.send("a");
        WorkerFixture.Sent waiting = fixture.send("b");
        SteeredProvider.Call running = fixture.provider.call(0);
        fixture.cancel("b");
        fixture.awaitAcknowledged(waiting);
        running.answer("x");
        fixture.awaitAcknowledged(fixture.sent.get(0));
        fixture.send("c");
        assertThat(fixture.provider.call(1).request).isEqualTo(LlmRequest.of("c"));
    }

    @Test
    void aCancelThatComesFirstIsRemembered() {
        with(1, 2);
        fixture.cancel("a");
        fixture.awaitAcknowledged(fixture.send("a"));
        assertThat(fixture.failure("a").cause().code()).contains(LlmMessage.Failure.CANCELLED);
        assertThat(fixture.provider.calls()).isEmpty();
    }

    @Test
    void aCancelOfWhatIsAnsweredChangesNothing() {
        with(1, 2);
        WorkerFixture.Sent request = fixture.send("a");
        fixture.provider.call(0).answer("x");
        fixture.awaitAcknowledged(request);
        fixture.cancel("a");
        fixture.settle();
        assertThat(fixture.events.of("a")).hasSize(2);
    }

    private static MessageHeaders keyed(String correlationId, String key) {
        return MessageHeaders.of(correlationId).withIdempotencyKey(key);
    }

    @Test
    void aDuplicateOfWhatWasAnsweredIsToldSoWithoutTheProvider() {
        with(2, 4);
        WorkerFixture.Sent first = fixture.send(keyed("a", "k"));
        fixture.provider.call(0).answer("x");
        fixture.awaitAcknowledged(first, fixture.send(keyed("b", "k")));
        assertThat(fixture.provider.calls()).hasSize(1);
        assertThat(fixture.events.of("b")).hasSize(1);
        assertThat(fixture.failure("b").cause()).isInstanceOf(LlmBadRequestException.class)
                .hasMessage("The request with the idempotency key 'k' was answered before, and is not answered again");
        assertThat(fixture.failure("b").cause().code()).contains(LlmMessage.Failure.DUPLICATE);
        assertThat(fixture.responses.of("b")).hasSize(1);
    }

    @Test
    void aRedeliveryIsAcknowledgedInSilence() {
        with(2, 4);
        WorkerFixture.Sent first = fixture.send(keyed("a", "k"));
        fixture.provider.call(0).answer("x");
        fixture.awaitAcknowledged(first, fixture.send(keyed("b", "k")));
        fixture.awaitAcknowledged(fixture.send(keyed("a", "k")), fixture.send(keyed("b", "k")));
        assertThat(fixture.provider.calls()).hasSize(1);
        assertThat(fixture.events.of("a")).hasSize(2);
        assertThat(fixture.events.of("b")).hasSize(1);
    }

    @Test
    void anIdempotencyKeyThatIsSomebodysCorrelationIdIsNoRedelivery() {
        with(2, 4);
        WorkerFixture.Sent first = fixture.send(keyed("a", "k"));
        fixture.provider.call(0).answer("x");
        fixture.awaitAcknowledged(first, fixture.send("k"));
        assertThat(fixture.failure("k").cause().code()).contains(LlmMessage.Failure.DUPLICATE);
    }

    @Test
    void aDuplicateIsAnsweredAfterTheWindow() {
        with(2, 4);
        WorkerFixture.Sent first = fixture.send(keyed("a", "k"));
        fixture.provider.call(0).answer("x");
        fixture.awaitAcknowledged(first);
        fixture.nanos.addAndGet(Duration.ofHours(1).toNanos());
        fixture.send(keyed("b", "k"));
        fixture.provider.call(1);
    }

    @Test
    void aDuplicateWaitsForTheFirstAndIsToldOfItThen() {
        with(2, 4);
        fixture.send(keyed("a", "k"));
        WorkerFixture.Sent second = fixture.send(keyed("b", "k"));
        SteeredProvider.Call first = fixture.provider.call(0);
        fixture.settle();
        assertThat(second.isConcluded()).isFalse();
        first.answer("x");
        fixture.awaitAcknowledged(second);
        assertThat(fixture.provider.calls()).hasSize(1);
        assertThat(fixture.failure("b").cause().code()).contains(LlmMessage.Failure.DUPLICATE);
    }

    @Test
    void aDuplicateIsAnsweredWhenTheFirstWasNot() {
        with(2, 4);
        fixture.send(keyed("a", "k"));
        WorkerFixture.Sent second = fixture.send(keyed("b", "k"));
        fixture.provider.call(0);
        fixture.cancel("a");
        fixture.provider.call(1).answer("x");
        fixture.awaitAcknowledged(second);
        assertThat(fixture.responses.of("b")).hasSize(1);
    }

    @Test
    void aRedeliveryAfterAFailureIsNotAnsweredAgain() {
        with(2, 4);
        WorkerFixture.Sent first = fixture.send("a");
        fixture.provider.call(0);
        fixture.cancel("a");
        fixture.awaitAcknowledged(first, fixture.send("a"));
        assertThat(fixture.provider.calls()).hasSize(1);
    }

    @Test
    void aShutdownWaitsForRunningAnswersAndGivesBackTheOthers() {
        fixture = new WorkerFixture(WorkerFixture.options().concurrency(1).maxInFlight(3)
                .shutdownTimeout(Duration.ofMinutes(1)).build());
        WorkerFixture.Sent running = fixture.send("a");
        WorkerFixture.Sent waiting = fixture.send("b");
        SteeredProvider.Call call = fixture.provider.call(0);
        var down = fixture.worker.shutdown().subscribeAsCompletionStage();
        fixture.settle();
        WorkerFixture.Sent late = fixture.send("c");
        fixture.settle();
        assertThat(down).isNotDone();
        call.answer("x");
        await().until(down::isDone);
        assertThat(running.acknowledged).isTrue();
        assertThat(waiting.isConcluded()).isFalse();
        assertThat(late.isConcluded()).isFalse();
        assertThat(fixture.demand).hasValue(0);
    }

    @Test
    void aShutdownStopsWhatTakesTooLongAndGivesItBack() {
        with(1, 1);
        WorkerFixture.Sent request = fixture.send("a");
        SteeredProvider.Call call = fixture.provider.call(0).text("x");
        fixture.worker.shutdown().await().indefinitely();
        assertThat(call.cancelled).isTrue();
        assertThat(request.isConcluded()).isFalse();
        assertThat(fixture.events.of("a")).hasSize(1);
    }

    @Test
    void aCancelEndsTwoDeliveriesOfARequestOnce() {
        with(1, 3);
        fixture.send("other");
        WorkerFixture.Sent first = fixture.send("a");
        WorkerFixture.Sent again = fixture.send("a");
        SteeredProvider.Call other = fixture.provider.call(0);
        fixture.cancel("a");
        fixture.awaitAcknowledged(first, again);
        assertThat(fixture.events.of("a")).hasSize(1);
        other.answer("x");
    }

    @Test
    void attemptsOfARequestThatWasRefusedGoOnCounting() {
        with(1, 1);
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
}
