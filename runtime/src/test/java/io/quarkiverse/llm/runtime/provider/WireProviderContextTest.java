package io.quarkiverse.llm.runtime.provider;

import static io.quarkiverse.llm.runtime.provider.WireFixture.AT_MOST;
import static io.quarkiverse.llm.runtime.provider.WireFixture.REQUEST;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.quarkiverse.llm.LlmResponse;
import io.quarkiverse.llm.runtime.config.ProviderSettings;
import io.quarkiverse.llm.runtime.transport.HttpTransport;
import io.quarkiverse.llm.scripted.Answer;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.impl.ContextInternal;
import io.vertx.core.impl.VertxInternal;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class WireProviderContextTest {

    private final WireFixture fixture = new WireFixture();
    private final VertxInternal vertx = (VertxInternal) fixture.vertx;
    private final WireProvider provider = fixture.provider();

    @AfterEach
    void close() {
        fixture.close();
    }

    private record Place(Context context, Thread thread) {

        static Place here() {
            return new Place(Vertx.currentContext(), Thread.currentThread());
        }
    }

    /** Where the signals of a stream arrive that is subscribed to on the current thread. */
    private CompletableFuture<Set<Place>> places() {
        fixture.server.enqueue(Answer.text("a", "b", "c"));
        Set<Place> places = ConcurrentHashMap.newKeySet();
        return provider.stream(REQUEST).onItem().invoke(event -> places.add(Place.here())).onCompletion()
                .invoke(() -> places.add(Place.here())).collect().asList().map(all -> places).subscribeAsCompletionStage();
    }

    private Set<Place> placesSubscribedOn(ContextInternal context) {
        CompletableFuture<Set<Place>> places = new CompletableFuture<>();
        context.runOnContext(there -> places().thenAccept(places::complete));
        return places.orTimeout(AT_MOST.toSeconds(), TimeUnit.SECONDS).join();
    }

    @Test
    void theCallersDuplicatedContextIsKept() {
        ContextInternal context = vertx.createEventLoopContext().duplicate();
        for (int i = 0; i < 4; i++) {
            assertThat(placesSubscribedOn(context)).extracting(Place::context).containsOnly(context);
        }
    }

    @Test
    void blockingCodeOfADuplicatedContextGetsItsEventsOnTheEventLoop() throws Exception {
        ContextInternal context = vertx.createEventLoopContext().duplicate();
        CompletableFuture<Set<Place>> places = new CompletableFuture<>();
        context.executeBlocking(() -> places().thenAccept(places::complete));
        assertThat(places.get(10, TimeUnit.SECONDS)).hasSize(1).allSatisfy(place -> {
            assertThat(place.context()).isSameAs(context);
            assertThat(context.nettyEventLoop().inEventLoop(place.thread())).isTrue();
        });
    }

    @Test
    void withoutAContextTheProviderHasItsOwn() {
        assertThat(places().orTimeout(10, TimeUnit.SECONDS).join()).hasSize(1)
                .allSatisfy(place -> assertThat(place.context().isEventLoopContext()).isTrue());
    }

    @Test
    void withoutAContextTheEventLoopsTakeTurns() {
        Set<Thread> threads = new HashSet<>();
        for (int i = 0; i < 4; i++) {
            places().orTimeout(10, TimeUnit.SECONDS).join().forEach(place -> threads.add(place.thread()));
        }
        assertThat(threads).hasSize(2);
    }

    @Test
    void aWorkerContextGetsItsEventsThere() {
        ContextInternal worker = vertx.createWorkerContext();
        assertThat(placesSubscribedOn(worker)).isNotEmpty().extracting(Place::context).containsOnly(worker);
    }

    @Test
    void aWorkerMayWaitForAWholeAnswer() throws Exception {
        fixture.server.enqueue(Answer.text("a"));
        CompletableFuture<LlmResponse> response = new CompletableFuture<>();
        vertx.createWorkerContext().runOnContext(there -> response.complete(provider.completeAndAwait(REQUEST)));
        assertThat(response.get(10, TimeUnit.SECONDS).text()).isEqualTo("a");
    }

    @Test
    void answersInTurnUseConnectionsAgain() {
        fixture.server.respond(request -> Answer.text("a", "b"));
        ContextInternal context = vertx.createEventLoopContext();
        CompletableFuture<Void> done = new CompletableFuture<>();
        context.runOnContext(there -> next(500, done));
        done.orTimeout(30, TimeUnit.SECONDS).join();
        // an answer may be complete before the end of its HTTP response has arrived
        assertThat(fixture.server.connections().opened()).isLessThanOrEqualTo(2);
    }

    private void next(int left, CompletableFuture<Void> done) {
        if (left == 0) {
            done.complete(null);
        } else {
            provider.stream(REQUEST).subscribe().with(event -> {
            }, done::completeExceptionally, () -> next(left - 1, done));
        }
    }

    @Test
    void aThousandStreamsAtATimeAllEnd() {
        fixture.server.respond(request -> Answer.text("a", "b", "c"));
        WireProvider wide = fixture.provider(fixture.settings().concurrency(50, 2000));
        List<CompletableFuture<LlmResponse>> answers = IntStream.range(0, 1000)
                .mapToObj(i -> wide.complete(REQUEST).subscribeAsCompletionStage()).toList();
        answers.forEach(answer -> assertThat(answer.orTimeout(30, TimeUnit.SECONDS).join().text()).isEqualTo("abc"));
        assertThat(fixture.server.connections().opened()).isLessThanOrEqualTo(100);
    }

    @Test
    void aVerticleThatGoesDoesNotTakeTheConnectionsAlong() {
        fixture.server.respond(request -> Answer.text("a"));
        Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
        ProviderSettings settings = fixture.settings().build();
        WireProvider single = new WireProvider(settings, new TestCodec(), new HttpTransport(settings, vertx, options -> {
        }), vertx);
        CompletableFuture<Object> used = new CompletableFuture<>();
        String verticle = vertx.deployVerticle(new AbstractVerticle() {
            @Override
            public void start() {
                single.complete(REQUEST).subscribe().with(used::complete, used::completeExceptionally);
            }
        }).toCompletionStage().toCompletableFuture().join();
        used.join();
        vertx.undeploy(verticle).toCompletionStage().toCompletableFuture().join();

        assertThat(single.complete(REQUEST).await().atMost(AT_MOST)).isNotNull();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
