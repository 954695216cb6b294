package io.quarkiverse.llm.gateway.runtime.http;

import static io.quarkiverse.llm.gateway.runtime.http.OwnProvider.STARTED;
import static io.quarkiverse.llm.gateway.runtime.http.OwnProvider.completed;
import static io.quarkiverse.llm.gateway.runtime.http.OwnProvider.delta;
import static io.quarkiverse.llm.gateway.runtime.http.OwnProvider.itemStarted;
import static io.quarkiverse.llm.gateway.runtime.http.OwnProvider.whole;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.llm.LlmEvent;
import io.quarkiverse.llm.gateway.runtime.http.GatewayClient.Answered;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.core.Context;
import io.vertx.core.Vertx;

/** Of a provider that the application has made itself: it may signal on any thread, and may be wrong. */
class OwnProviderTest extends GatewayFixture {

    private Answered ask(Supplier<Multi<LlmEvent>> answer) {
        bean(new OwnProvider(answer));
        return gateway().responses(Requests.response("Hello").put("model", "own/model"));
    }

    @ParameterizedTest
    @ValueSource(booleans = { true, false })
    void mayAnswerOnAnotherThread(boolean stream) {
        bean(new OwnProvider(() -> Multi.createFrom().iterable(whole("word ", 2000))
                .emitOn(Infrastructure.getDefaultExecutor())));
        Answered answered = gateway().responses(Requests.response("Hello").put("model", "own/model").put("stream", stream));
        if (stream) {
            assertThat(answered.stream().text()).isEqualTo("word ".repeat(2000));
            assertThat(answered.stream().response().getString("model")).isEqualTo("own/model");
        } else {
            assertThat(answered.json().getString("output_text")).isEqualTo("word ".repeat(2000));
        }
        assertThat(log.from(Level.WARNING)).isEmpty();
    }

    @Test
    void mayChangeThreadsAsItLikes() {
        List<LlmEvent> events = whole("x", 500);
        Answered answered = ask(() -> Multi.createFrom().publisher(subscriber -> new Wandering(events.iterator(), subscriber)));
        assertThat(answered.stream().text()).isEqualTo("x".repeat(500));
        List<Integer> numbers = answered.stream().events().stream().map(event -> event.getInteger("sequence_number")).toList();
        assertThat(numbers).isSorted().doesNotHaveDuplicates();
    }

    /** Signals by turns on the event loop where it was subscribed to, and on another thread. */
    private static final class Wandering implements Subscription {

        private final Context here = Vertx.currentContext();
        private final AtomicLong demand = new AtomicLong();
        private final Iterator<LlmEvent> events;
        private final Subscriber<? super LlmEvent> subscriber;
        private int count;

        Wandering(Iterator<LlmEvent> events, Subscriber<? super LlmEvent> subscriber) {
            this.events = events;
            this.subscriber = subscriber;
            subscriber.onSubscribe(this);
        }

        @Override
        public void request(long n) {
            if (demand.getAndAdd(n) == 0) {
                next();
            }
        }

        private void next() {
            if (++count % 2 == 0) {
                here.runOnContext(there -> emit());
            } else {
                Infrastructure.getDefaultExecutor().execute(this::emit);
            }
        }

        private void emit() {
            if (!events.hasNext()) {
                subscriber.onComplete();
                return;
            }
            subscriber.onNext(events.next());
            if (demand.decrementAndGet() > 0) {
                next();
            }
        }

        @Override
        public void cancel() {
            // the end is near
        }
    }

    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of("throws", (Supplier<Multi<LlmEvent>>) () -> {
                    throw new IllegalStateException("secret of the house");
                }),
                Arguments.of("gives nothing", (Supplier<Multi<LlmEvent>>) () -> null),
                Arguments.of("throws when it is subscribed to", (Supplier<Multi<LlmEvent>>) () -> Multi.createFrom()
                        .publisher(subscriber -> {
                            throw new IllegalStateException("secret of the house");
                        })),
                Arguments.of("fails", (Supplier<Multi<LlmEvent>>) () -> Multi.createFrom()
                        .failure(new IllegalStateException("secret of the house"))),
                Arguments.of("fails when it has announced its answer", (Supplier<Multi<LlmEvent>>) () -> Multi.createBy()
                        .concatenating().streams(Multi.createFrom().item(STARTED),
                                Multi.createFrom().failure(new IllegalStateException("secret of the house")))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("failures")
    void whatFailsIsAnErrorOfTheGateway(String what, Supplier<Multi<LlmEvent>> answer) {
        Answered answered = ask(answer);
        assertThat(answered.status()).isEqualTo(500);
        assertThat(answered.error().getString("code")).isEqualTo("internal_error");
        assertThat(answered.text()).doesNotContain("secret");
        assertThat(log.from(Level.SEVERE)).isNotEmpty();
        assertThat(log.requests()).hasSize(1);
    }

    @Test
    void anAnswerWithoutAnEndIsABadGateway() {
        assertThat(ask(() -> Multi.createFrom().item(STARTED)).status()).isEqualTo(502);
    }

    @Test
    void aFailureInTheMiddleIsAnEvent() {
        CheckedStream stream = ask(() -> Multi.createBy().concatenating().streams(
                Multi.createFrom().items(STARTED, itemStarted(), delta("Hel")),
                Multi.createFrom().failure(new IllegalStateException("secret of the house")))).stream();
        assertThat(stream.text()).isEqualTo("Hel");
        assertThat(stream.types()).endsWith("error", "response.failed");
        assertThat(stream.last().encode()).doesNotContain("secret");
        assertThat(log.from(Level.SEVERE)).isNotEmpty();
    }

    @Test
    void eventsThatMakeNoSenseAreAFailureToo() {
        CheckedStream stream = ask(() -> Multi.createFrom().items(STARTED, delta("Hel"), completed("Hel"))).stream();
        assertThat(stream.types()).endsWith("error", "response.failed");
        assertThat(log.from(Level.SEVERE)).isNotEmpty();
    }

    @Test
    void anAnswerMayBeAllThatComes() {
        CheckedStream stream = ask(() -> Multi.createFrom().item(completed("Hello"))).stream();
        assertThat(stream.types()).startsWith("response.created").endsWith("response.completed");
        assertThat(stream.response().getString("output_text")).isEqualTo("Hello");
    }

    @Test
    void anAnswerMayBeginUnannounced() {
        List<LlmEvent> events = whole("Hello", 1);
        CheckedStream stream = ask(() -> Multi.createFrom().iterable(events.subList(1, events.size()))).stream();
        assertThat(stream.types()).startsWith("response.created", "response.in_progress").endsWith("response.completed");
        assertThat(stream.text()).isEqualTo("Hello");
    }

    @Test
    void isAskedForNoMoreThanTheClientTakesAndStopsWhenItLeaves() {
        Pouring pouring = new Pouring();
        bean(new OwnProvider(() -> Multi.createFrom().<LlmEvent> publisher(pouring::subscribe)));
        try (RawClient client = new RawClient(server().root(), 8 * 1024)) {
            client.ask(Requests.response("Hello").put("model", "own/model"));
            client.head();
            for (int i = 0; i < 5; i++) {
                awaitStandstill(pouring.emitted);
                long before = pouring.emitted.get();
                while (pouring.emitted.get() == before) {
                    client.chunk();
                }
            }
        }
        pouring.cancelled.orTimeout(10, TimeUnit.SECONDS).join();
        assertThat(pouring.requests).isNotEmpty().allMatch(n -> n > 0 && n <= 128);
        assertThat(log.request()).contains("outcome=client-left");
        assertThat(log.from(Level.WARNING)).isEmpty();
    }

    private static void awaitStandstill(AtomicLong count) {
        long[] seen = { -1 };
        await().pollInterval(Duration.ofMillis(100)).until(() -> {
            long before = seen[0];
            seen[0] = count.get();
            return before == seen[0];
        });
    }

    /** Has an answer without end, on threads of its own. */
    private static final class Pouring implements Subscription {

        private final String text = "x".repeat(1000);
        private final Queue<Long> requests = new ConcurrentLinkedQueue<>();
        private final AtomicLong emitted = new AtomicLong();
        private final AtomicLong demand = new AtomicLong();
        private final AtomicBoolean stopped = new AtomicBoolean();
        private final CompletableFuture<Void> cancelled = new CompletableFuture<>();
        private Subscriber<? super LlmEvent> subscriber;

        void subscribe(Subscriber<? super LlmEvent> by) {
            subscriber = by;
            by.onSubscribe(this);
        }

        @Override
        public void request(long n) {
            requests.add(n);
            if (demand.getAndAdd(n) == 0) {
                Infrastructure.getDefaultExecutor().execute(this::pour);
            }
        }

        private void pour() {
            do {
                if (stopped.get()) {
                    return;
                }
                long number = emitted.getAndIncrement();
                subscriber.onNext(number == 0 ? STARTED : number == 1 ? itemStarted() : delta(text));
            } while (demand.decrementAndGet() > 0);
        }

        @Override
        public void cancel() {
            stopped.set(true);
            cancelled.complete(null);
        }
    }

    @Test
    void oneThatSaysNothingIsAnnouncedForIt() {
        set("quarkus.llm-gateway.commit-after", "10ms");
        CompletableFuture<List<LlmEvent>> events = new CompletableFuture<>();
        bean(new OwnProvider(() -> Multi.createFrom().completionStage(events).onItem().transformToIterable(e -> e)));
        try (RawClient client = raw().ask(Requests.response("Hello").put("model", "own/model"))) {
            client.head();
            client.chunkWith("response.created");
            events.complete(whole("Hello", 1));
            assertThat(String.join("", client.chunks())).contains("response.completed").doesNotContain("response.created");
        }
    }
}
