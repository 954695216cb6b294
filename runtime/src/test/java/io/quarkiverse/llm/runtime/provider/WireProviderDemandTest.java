package io.quarkiverse.llm.runtime.provider;

import static io.quarkiverse.llm.runtime.provider.WireFixture.AT_MOST;
import static io.quarkiverse.llm.runtime.provider.WireFixture.REQUEST;
import static io.quarkiverse.llm.runtime.provider.WireFixture.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.quarkiverse.llm.LlmEvent;
import io.quarkiverse.llm.scripted.Answer;
import io.quarkiverse.llm.scripted.Fault;
import io.quarkiverse.llm.scripted.Outcome;
import io.quarkiverse.llm.scripted.RecordedRequest;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.AssertSubscriber;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.core.impl.VertxInternal;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class WireProviderDemandTest {

    private final WireFixture fixture = new WireFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void nothingComesUnasked() {
        fixture.server.enqueue(Answer.text("a", "b", "c"));
        AssertSubscriber<LlmEvent> subscriber = fixture.subscribe(fixture.provider(), 0);
        fixture.outcome();
        subscriber.request(2).awaitItems(2, AT_MOST);
        assertThat(texts(subscriber.getItems())).containsExactly("a");
        subscriber.request(3).awaitCompletion(AT_MOST);
        assertThat(subscriber.getItems()).hasSize(5);
    }

    @Test
    void demandReachesTheSocket() {
        fixture.server.enqueue(Answer.endless());
        AssertSubscriber<LlmEvent> subscriber = fixture.subscribe(fixture.provider(), 3);
        subscriber.awaitItems(3, AT_MOST);
        RecordedRequest request = fixture.server.takeRequest(AT_MOST);
        long[] written = { -1 };
        await().atMost(AT_MOST).pollInterval(Duration.ofMillis(200)).until(() -> {
            long before = written[0];
            written[0] = request.bytesWritten();
            return before == written[0];
        });
        assertThat(subscriber.getItems()).hasSize(3);
        subscriber.request(100_000);
        await().atMost(AT_MOST).until(() -> request.bytesWritten() > written[0]);
        subscriber.cancel();
        assertThat(request.awaitOutcome(AT_MOST)).isEqualTo(Outcome.CLIENT_CLOSED);
    }

    @Test
    void whatASubscriberThrowsWhenItIsServedLaterReachesIt() {
        fixture.server.enqueue(Answer.text("a"));
        CompletableFuture<Flow.Subscription> subscribed = new CompletableFuture<>();
        CompletableFuture<Throwable> end = new CompletableFuture<>();
        fixture.provider().stream(REQUEST).subscribe(new Flow.Subscriber<LlmEvent>() {
            @Override
            public void onSubscribe(Flow.Subscription subscription) {
                subscribed.complete(subscription);
            }

            @Override
            public void onNext(LlmEvent event) {
                throw new IllegalStateException("no more, please");
            }

            @Override
            public void onError(Throwable failure) {
                end.complete(failure);
            }

            @Override
            public void onComplete() {
                end.complete(null);
            }
        });
        fixture.outcome();
        subscribed.join().request(1);
        assertThat(end.orTimeout(10, TimeUnit.SECONDS).join()).hasMessageContaining("no more, please");
    }

    @Test
    void oneByOneFromAnotherThreadNothingIsLost() {
        List<String> expected = IntStream.range(0, 2000).mapToObj(Integer::toString).toList();
        fixture.server.enqueue(Answer.text(expected.toArray(String[]::new)).with(Fault.splitRandomly(7, 3000)));
        List<String> texts = texts(fixture.provider().stream(REQUEST).emitOn(Infrastructure.getDefaultExecutor(), 1)
                .collect().asList().await().atMost(AT_MOST));
        assertThat(texts).isEqualTo(expected);
    }

    @Test
    void oneByOneWithinTheSignalNothingIsLost() {
        List<String> expected = IntStream.range(0, 500).mapToObj(Integer::toString).toList();
        fixture.server.enqueue(Answer.text(expected.toArray(String[]::new)));
        List<String> texts = texts(fixture.provider().stream(REQUEST).onItem()
                .transformToUniAndConcatenate(event -> Uni.createFrom().item(event)).collect().asList()
                .await().atMost(AT_MOST));
        assertThat(texts).isEqualTo(expected);
    }

    @Test
    void demandOfNothingIsAFailure() {
        fixture.server.enqueue(Answer.endless());
        CompletableFuture<Throwable> failure = new CompletableFuture<>();
        fixture.provider().stream(REQUEST).subscribe(new Flow.Subscriber<LlmEvent>() {
            private Flow.Subscription subscription;

            @Override
            public void onSubscribe(Flow.Subscription subscription) {
                this.subscription = subscription;
                subscription.request(1);
            }

            @Override
            public void onNext(LlmEvent event) {
                subscription.request(0);
            }

            @Override
            public void onError(Throwable t) {
                failure.complete(t);
            }

            @Override
            public void onComplete() {
                failure.complete(null);
            }
        });
        assertThat(failure.orTimeout(10, TimeUnit.SECONDS).join()).isInstanceOf(IllegalArgumentException.class);
        fixture.assertClosedByUs();
    }

    @Test
    void cancellingClosesTheExchange() {
        fixture.server.enqueue(Answer.endless());
        AssertSubscriber<LlmEvent> subscriber = fixture.subscribe(fixture.provider());
        subscriber.awaitNextItem(AT_MOST);
        subscriber.cancel();
        fixture.assertClosedByUs();
        subscriber.assertNotTerminated();
    }

    @Test
    void cancellingWithinTheSignalStopsAtOnce() {
        fixture.server.enqueue(Answer.endless());
        assertThat(fixture.provider().stream(REQUEST).select().first(3).collect().asList().await().atMost(AT_MOST)).hasSize(3);
        fixture.assertClosedByUs();
    }

    @Test
    void cancellingAtTheLastEventKeepsTheConnection() {
        fixture.server.respond(request -> Answer.text("a").pause(Duration.ofMillis(20)));
        WireProvider provider = fixture.provider();
        for (int i = 0; i < 3; i++) {
            provider.stream(REQUEST).select().where(LlmEvent.ResponseCompleted.class::isInstance).toUni().await()
                    .atMost(AT_MOST);
            assertThat(fixture.outcome()).isEqualTo(Outcome.COMPLETED);
        }
    }

    @Test
    void cancellingBeforeTheBeginSendsNothing() {
        fixture.provider().stream(REQUEST).onSubscription().invoke(subscription -> subscription.cancel())
                .subscribe().withSubscriber(AssertSubscriber.create(1));
        fixture.server.enqueue(Answer.text("next"));
        fixture.subscribe(fixture.provider()).awaitCompletion(AT_MOST);
        assertThat(fixture.server.requests()).hasSize(1);
    }

    @Test
    void aSubscriberThatThrowsIsToldSo() {
        fixture.server.enqueue(Answer.endless());
        AssertSubscriber<LlmEvent> subscriber = fixture.provider().stream(REQUEST).onItem().invoke(event -> {
            throw new AssertionError("no more");
        }).subscribe().withSubscriber(AssertSubscriber.create(1));
        subscriber.awaitFailure(AT_MOST);
        fixture.assertClosedByUs();
    }

    @Test
    void aStreamThatIsNotReadIsNotSilent() {
        fixture.server.enqueue(Answer.text("a", "b").pause(Duration.ofMillis(50)).thenText("c"));
        AssertSubscriber<LlmEvent> subscriber = fixture.subscribe(
                fixture.provider(fixture.settings().idle(Duration.ofMillis(150))), 1);
        subscriber.awaitItems(1, AT_MOST);
        await().during(Duration.ofMillis(500)).atMost(AT_MOST).until(() -> subscriber.getFailure() == null);
        subscriber.request(10).awaitCompletion(AT_MOST);
    }

    /** A raw subscriber: those of Mutiny catch what their callbacks throw. */
    private static final class Throwing implements Flow.Subscriber<LlmEvent> {

        private final CompletableFuture<Throwable> end = new CompletableFuture<>();
        private final boolean atTheEnd;

        Throwing(boolean atTheEnd) {
            this.atTheEnd = atTheEnd;
        }

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            subscription.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(LlmEvent event) {
            if (!atTheEnd) {
                throw new IllegalStateException("no more, please");
            }
        }

        @Override
        public void onError(Throwable failure) {
            end.complete(failure);
        }

        @Override
        public void onComplete() {
            end.complete(null);
            throw new IllegalStateException("not yet, please");
        }
    }

    @Test
    void aSubscriberOnAWorkerThatThrowsIsToldSo() {
        fixture.server.enqueue(Answer.endless());
        Throwing subscriber = new Throwing(false);
        ((VertxInternal) fixture.vertx).createWorkerContext()
                .runOnContext(there -> fixture.provider().stream(REQUEST).subscribe(subscriber));
        assertThat(subscriber.end.orTimeout(10, TimeUnit.SECONDS).join()).hasMessageContaining("no more, please");
        fixture.assertClosedByUs();
    }

    @Test
    void whatASubscriberThrowsAtTheEndIsNotLost() {
        fixture.server.enqueue(Answer.text("a"));
        CompletableFuture<Throwable> dropped = new CompletableFuture<>();
        Infrastructure.setDroppedExceptionHandler(dropped::complete);
        try {
            fixture.provider().stream(REQUEST).subscribe(new Throwing(true));
            assertThat(dropped.orTimeout(10, TimeUnit.SECONDS).join()).hasMessageContaining("not yet, please");
        } finally {
            Infrastructure.resetDroppedExceptionHandler();
        }
    }
}
