package io.quarkiverse.llm.messaging.runtime.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.quarkiverse.llm.LlmErrorDetails;
import io.quarkiverse.llm.LlmEvent;
import io.quarkiverse.llm.LlmOverloadedException;
import io.quarkiverse.llm.messaging.HeaderMapping.Revocation;
import io.smallrye.mutiny.operators.AbstractMulti;
import io.smallrye.mutiny.subscription.MultiSubscriber;

/** What becomes of requests that the connector gives to another worker. */
class WorkerRevocationTest {

    private WorkerFixture fixture = new WorkerFixture(WorkerFixture.options().concurrency(1).maxInFlight(3).build());

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void whatBelongsToAnotherWorkerIsLeftAloneAndItsPlaceIsFree() {
        fixture.attempts.ofOthers.add("b");
        fixture.send("a");
        WorkerFixture.Sent other = fixture.send("b");
        WorkerFixture.Sent next = fixture.send("c");
        fixture.provider.call(0).answer("x");
        fixture.provider.call(1).answer("y");
        fixture.awaitAcknowledged(next);
        await().until(() -> fixture.demand.get() == 3);
        assertThat(fixture.provider.calls()).hasSize(2);
        assertThat(other.isConcluded()).isFalse();
        assertThat(fixture.events.of("b")).isEmpty();
        assertThat(fixture.responses.of("b")).isEmpty();
        assertThat(fixture.attempts.givenBack).containsExactly("b");
    }

    @Test
    void whatWaitsIsGivenBackWhenItLeavesAndWhatStreamsGoesOn() {
        WorkerFixture.Sent streaming = fixture.send("a");
        WorkerFixture.Sent waiting = fixture.send("b");
        SteeredProvider.Call call = fixture.provider.call(0);
        fixture.attempts.revoke(Revocation.LEAVING);
        await().until(() -> fixture.attempts.givenBack.contains("b"));
        call.answer("x");
        fixture.awaitAcknowledged(streaming);
        fixture.settle();
        assertThat(fixture.provider.calls()).hasSize(1);
        assertThat(waiting.isConcluded()).isFalse();
        assertThat(fixture.events.of("b")).isEmpty();
        assertThat(fixture.attempts.givenBack).containsExactly("b");
        assertThat(fixture.demand).hasValue(3);
    }

    @Test
    void whatBecomesOfARequestThatCannotEvenBeRefusedIsForItsConnector() {
        fixture.refusal = CompletableFuture.failedFuture(new IllegalStateException("the channel is closed"));
        fixture.responses.refuse(message -> Optional.of(new IllegalStateException("no room")));
        WorkerFixture.Sent request = fixture.send("a");
        fixture.provider.call(0).answer("x");
        await().until(() -> fixture.attempts.unconcluded.contains("a"));
        assertThat(fixture.attempts.givenBack).isEmpty();
        assertThat(request.refused).hasMessage("no room");
        await().until(() -> fixture.demand.get() == 3);
    }

    @Test
    void whatRestsIsGivenBackWhenItLeaves() {
        fixture.close();
        fixture = new WorkerFixture(
                WorkerFixture.options().retryDelay(Duration.ofHours(1)).timeout(Duration.ofDays(1)).build());
        WorkerFixture.Sent resting = fixture.send("a");
        fixture.provider.call(0).fail(new LlmOverloadedException("busy", LlmErrorDetails.of("steered")));
        fixture.settle();
        fixture.attempts.revoke(Revocation.LEAVING);
        await().until(() -> fixture.attempts.givenBack.contains("a"));
        assertThat(resting.isConcluded()).isFalse();
        assertThat(fixture.events.of("a")).isEmpty();
    }

    @Test
    void theRetryOfWhatLeavesIsForTheNextWorker() {
        WorkerFixture.Sent streaming = fixture.send("a");
        SteeredProvider.Call call = fixture.provider.call(0);
        fixture.attempts.revoke(Revocation.LEAVING);
        fixture.settle();
        call.fail(new LlmOverloadedException("busy", LlmErrorDetails.of("steered")));
        await().until(() -> fixture.attempts.givenBack.contains("a"));
        assertThat(fixture.provider.calls()).hasSize(1);
        assertThat(streaming.isConcluded()).isFalse();
        assertThat(fixture.events.of("a")).isEmpty();
    }

    @Test
    void whatIsLostIsStoppedWithoutAWord() {
        WorkerFixture.Sent streaming = fixture.send("a");
        WorkerFixture.Sent waiting = fixture.send("b");
        SteeredProvider.Call call = fixture.provider.call(0).text("x");
        fixture.attempts.revoke(Revocation.LOST);
        await().until(() -> fixture.attempts.givenBack.size() == 2);
        fixture.settle();
        assertThat(call.cancelled).isTrue();
        assertThat(fixture.provider.calls()).hasSize(1);
        assertThat(streaming.isConcluded() || waiting.isConcluded()).isFalse();
        assertThat(fixture.events.all()).hasSize(1).allMatch(message -> message.headers().sequence() == 0);
        assertThat(fixture.responses.all()).isEmpty();
        assertThat(fixture.demand).hasValue(3);
    }

    @Test
    void whatComesAfterTheWorkerHasClosedIsGivenBack() {
        fixture.worker.shutdown().await().indefinitely();
        fixture.send("a");
        await().until(() -> fixture.attempts.givenBack.contains("a"));
        assertThat(fixture.provider.calls()).isEmpty();
    }

    @Test
    void aStreamWhoseCancelFailsIsOverAllTheSame() {
        AtomicBoolean asked = new AtomicBoolean();
        fixture.provider.instead = request -> new AbstractMulti<>() {

            @Override
            public void subscribe(MultiSubscriber<? super LlmEvent> subscriber) {
                subscriber.onSubscribe(new Flow.Subscription() {

                    @Override
                    public void request(long n) {
                        asked.set(true);
                    }

                    @Override
                    public void cancel() {
                        throw new IllegalStateException("no cancel");
                    }
                });
            }
        };
        WorkerFixture.Sent request = fixture.send("a");
        await().until(asked::get);
        fixture.cancel("a");
        fixture.awaitAcknowledged(request);
    }
}
