package io.quarkiverse.llm.runtime.provider;

import static io.quarkiverse.llm.runtime.provider.WireFixture.AT_MOST;
import static io.quarkiverse.llm.runtime.provider.WireFixture.REQUEST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.llm.LlmEvent;
import io.quarkiverse.llm.runtime.config.ProviderSettings;
import io.quarkiverse.llm.runtime.config.StreamTransport;
import io.quarkiverse.llm.runtime.config.TestSettings;
import io.quarkiverse.llm.runtime.config.preset.WireApi;
import io.quarkiverse.llm.runtime.wire.responses.ResponsesCodec;
import io.quarkiverse.llm.scripted.Answer;
import io.quarkiverse.llm.scripted.Outcome;
import io.quarkiverse.llm.scripted.RecordedRequest;
import io.quarkiverse.llm.scripted.ScriptedServer;
import io.smallrye.mutiny.helpers.test.AssertSubscriber;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.impl.VertxInternal;

/**
 * What subscribers ask for, and their leaving, reach the WebSocket: there is one connection, whose event loop is that of the
 * subscriber, or another one ({@code far}).
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class WebSocketDemandTest {

    /** What the network and both ends keep, roughly. */
    private static final long MOST_ON_THE_WAY = 16 * 1024 * 1024;

    private final ScriptedServer server = ScriptedServer.start();
    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2));
    private final Context near = ((VertxInternal) vertx).createEventLoopContext();
    private final Context far = ((VertxInternal) vertx).createEventLoopContext();
    private final WireProvider provider = connected();

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
        server.close();
    }

    private WireProvider connected() {
        ProviderSettings settings = TestSettings.of(server.baseUrl()).api(WireApi.RESPONSES)
                .transport(StreamTransport.WEBSOCKET).webSocket(sockets -> sockets.withMaxConnections(1)).build();
        WireProvider made = new WireProvider(settings, new ResponsesCodec(settings),
                OverWebSocket.transports(settings, vertx), vertx);
        server.enqueue(Answer.text("first"));
        subscribe(made, near, AssertSubscriber.create(Long.MAX_VALUE)).awaitCompletion(AT_MOST);
        server.takeRequest(AT_MOST);
        return made;
    }

    private <T extends AssertSubscriber<LlmEvent>> T subscribe(boolean onAnotherLoop, T subscriber) {
        return subscribe(provider, onAnotherLoop ? far : near, subscriber);
    }

    private static <T extends AssertSubscriber<LlmEvent>> T subscribe(WireProvider provider, Context context, T subscriber) {
        CompletableFuture<Void> subscribed = new CompletableFuture<>();
        context.runOnContext(there -> {
            provider.stream(REQUEST).subscribe(subscriber);
            subscribed.complete(null);
        });
        subscribed.join();
        return subscriber;
    }

    private static long awaitStandstill(RecordedRequest request) {
        long[] written = { -1 };
        await().atMost(AT_MOST).pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(150))
                .until(() -> written[0] == (written[0] = request.bytesWritten()));
        return written[0];
    }

    private void assertOnOneConnection() {
        assertThat(server.connections().opened()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = { false, true })
    void whoAsksForNothingStopsTheServer(boolean onAnotherLoop) {
        server.enqueue(Answer.endless("x".repeat(20_000)));
        AssertSubscriber<LlmEvent> subscriber = subscribe(onAnotherLoop, AssertSubscriber.create(0));
        RecordedRequest request = server.takeRequest(AT_MOST);
        long written = awaitStandstill(request);
        assertThat(written - request.bytesUnsent()).isLessThan(MOST_ON_THE_WAY);
        assertThat(subscriber.getItems()).isEmpty();

        subscriber.request(500);
        await().atMost(AT_MOST).until(() -> request.bytesWritten() > written);
        subscriber.awaitItems(500, AT_MOST);
        awaitStandstill(request);
        assertThat(subscriber.getItems()).hasSize(500);
        assertOnOneConnection();
    }

    @ParameterizedTest
    @ValueSource(booleans = { false, true })
    void cancellingClosesTheConnection(boolean onAnotherLoop) {
        server.enqueue(Answer.endless());
        AssertSubscriber<LlmEvent> subscriber = subscribe(onAnotherLoop, AssertSubscriber.create(5)).awaitItems(5, AT_MOST);
        subscriber.cancel();
        assertThat(server.takeRequest(AT_MOST).awaitOutcome(AT_MOST)).isEqualTo(Outcome.CLIENT_CLOSED);
        assertOnOneConnection();
        await().atMost(AT_MOST).until(() -> server.connections().open() == 0);

        server.enqueue(Answer.text("next"));
        subscribe(onAnotherLoop, AssertSubscriber.create(Long.MAX_VALUE)).awaitCompletion(AT_MOST);
        assertThat(server.connections().opened()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(booleans = { false, true })
    void cancellingWithinTheLastEventKeepsTheConnection(boolean onAnotherLoop) {
        server.enqueue(Answer.text("a"), Answer.text("b"));
        AssertSubscriber<LlmEvent> leaving = leavingAt(LlmEvent.ResponseCompleted.class);
        subscribe(onAnotherLoop, leaving);
        assertThat(server.takeRequest(AT_MOST).awaitOutcome(AT_MOST)).isEqualTo(Outcome.COMPLETED);
        await().atMost(AT_MOST).until(leaving::isCancelled);

        subscribe(onAnotherLoop, AssertSubscriber.create(Long.MAX_VALUE)).awaitCompletion(AT_MOST);
        assertOnOneConnection();
    }

    private static AssertSubscriber<LlmEvent> leavingAt(Class<? extends LlmEvent> last) {
        return new AssertSubscriber<>(Long.MAX_VALUE) {
            @Override
            public synchronized void onItem(LlmEvent event) {
                super.onItem(event);
                if (last.isInstance(event)) {
                    cancel();
                }
            }
        };
    }
}
