package io.quarkiverse.llm.runtime.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.llm.LlmAuthenticationException;
import io.quarkiverse.llm.LlmException;
import io.quarkiverse.llm.LlmRateLimitException;
import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.LlmResponse;
import io.quarkiverse.llm.LlmServerException;
import io.quarkiverse.llm.LlmTimeoutException;
import io.quarkiverse.llm.LlmTransportException;
import io.quarkiverse.llm.runtime.config.ProviderSettings;
import io.quarkiverse.llm.runtime.config.StreamTransport;
import io.quarkiverse.llm.runtime.config.TestSettings;
import io.quarkiverse.llm.runtime.config.WebSocketSettings;
import io.quarkiverse.llm.runtime.config.preset.WireApi;
import io.quarkiverse.llm.runtime.wire.responses.ResponsesCodec;
import io.quarkiverse.llm.scripted.Answer;
import io.quarkiverse.llm.scripted.Fault;
import io.quarkiverse.llm.scripted.RecordedRequest;
import io.quarkiverse.llm.scripted.ScriptedServer;
import io.quarkiverse.llm.scripted.Transport;
import io.quarkiverse.llm.scripted.WebSocketMode;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.json.JsonObject;

/** Requests that go over HTTP since they cannot go over a WebSocket, where either is allowed. */
@Timeout(60)
class WithoutWebSocketTest {

    private static final LlmRequest SMALL = LlmRequest.of("one");
    private static final LlmRequest LARGE = LlmRequest.of("x".repeat(5_000));

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final ScriptedServer server = ScriptedServer.start();
    private final Logger logger = Logger.getLogger(WireProvider.class.getPackageName());
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord logged) {
            lines.add(logged.getMessage().formatted(logged.getParameters()));
        }

        @Override
        public void flush() {
        }

        @Override
        public void close() {
        }
    };

    @BeforeEach
    void hear() {
        logger.setLevel(Level.INFO);
        logger.addHandler(handler);
    }

    @AfterEach
    void close() {
        logger.removeHandler(handler);
        vertx.close().toCompletionStage().toCompletableFuture().join();
        server.close();
    }

    private WireProvider provider() {
        return provider(settings -> settings);
    }

    private WireProvider provider(UnaryOperator<WebSocketSettings> change) {
        return provider(TestSettings.of(server.baseUrl()).webSocket(change));
    }

    private WireProvider provider(TestSettings change) {
        ProviderSettings settings = change.api(WireApi.RESPONSES).capabilities(OverWebSocket.HAS_WEBSOCKETS).build();
        return new WireProvider(settings, new ResponsesCodec(settings), OverWebSocket.transports(settings, vertx), vertx);
    }

    private static LlmResponse ask(WireProvider provider, LlmRequest request) {
        return provider.complete(request).await().atMost(Duration.ofSeconds(20));
    }

    private List<Transport> transports() {
        return server.requests().stream().map(RecordedRequest::transport).toList();
    }

    @Test
    void whatIsLargerThanAMessageMayBeGoesOverHttpAndTheNextRequestOverTheWebSocketAgain() {
        WireProvider provider = provider(settings -> settings.withMaxMessageSize(4_000));
        server.enqueue(Answer.text("1"), Answer.text("2"), Answer.text("3"));

        assertThat(ask(provider, SMALL).text()).isEqualTo("1");
        assertThat(ask(provider, LARGE).text()).isEqualTo("2");
        assertThat(ask(provider, SMALL).text()).isEqualTo("3");

        assertThat(transports()).containsExactly(Transport.WEBSOCKET, Transport.HTTP, Transport.WEBSOCKET);
        assertThat(lines).isEmpty();
    }

    @Test
    void aWebSocketThatKeepsSilentForAllTheTimeOfARequestIsNotAskedByTheNext() {
        WireProvider provider = provider();
        server.enqueue(Answer.text("1").with(Fault.stallBeforeHead()), Answer.text("2"));

        assertThatExceptionOfType(LlmTimeoutException.class)
                .isThrownBy(() -> ask(provider, SMALL.toBuilder().timeout(Duration.ofMillis(300)).build()));
        assertThat(ask(provider, SMALL).text()).isEqualTo("2");

        assertThat(transports()).containsExactly(Transport.WEBSOCKET, Transport.HTTP);
        assertThat(lines).singleElement().asString().contains("takes server-sent events for the next 5 minutes");
    }

    @Test
    void anAnswerThatBeganInTimeSpeaksForItsWebSocket() {
        WireProvider provider = provider();
        server.enqueue(Answer.text("1").with(Fault.stallAfterEvents(1)), Answer.text("2"));

        assertThatExceptionOfType(LlmTimeoutException.class)
                .isThrownBy(() -> ask(provider, SMALL.toBuilder().timeout(Duration.ofMillis(500)).build()));
        ask(provider, SMALL);

        assertThat(transports()).containsExactly(Transport.WEBSOCKET, Transport.WEBSOCKET);
    }

    @Test
    void aTurnThatIsTooLargeLeavesTheConnectionWhatItKnows() {
        WireProvider provider = provider(settings -> settings.withMaxMessageSize(4_000));
        server.enqueue(Answer.text("1"), Answer.text("2"), Answer.text("3"));
        LlmResponse one = ask(provider, SMALL);
        LlmRequest history = SMALL.toBuilder().append(one).build();

        ask(provider, history.toBuilder().user("x".repeat(5_000)).build());
        ask(provider, history.toBuilder().user("two").build());

        assertThat(transports()).containsExactly(Transport.WEBSOCKET, Transport.HTTP, Transport.WEBSOCKET);
        assertThat(server.requests().get(2).previousResponseId()).contains(one.id());
    }

    @ParameterizedTest
    @ValueSource(ints = { 0, 100 })
    void whereAllConnectionsAreTakenTheNextRequestGoesOverHttpAtOnce(int mayWait) {
        WireProvider provider = provider(TestSettings.of(server.baseUrl()).acquire(Duration.ofHours(1))
                .concurrency(100, mayWait).webSocket(settings -> settings.withMaxConnections(1)));
        CompletableFuture<Void> released = new CompletableFuture<>();
        server.enqueue(Answer.text("1").pauseUntil(released), Answer.text("2"), Answer.text("3"));
        CompletableFuture<LlmResponse> running = provider.complete(SMALL).subscribeAsCompletionStage();
        server.takeRequest();

        assertThat(ask(provider, SMALL).text()).isEqualTo("2");
        released.complete(null);
        assertThat(running.join().text()).isEqualTo("1");
        assertThat(ask(provider, SMALL).text()).isEqualTo("3");

        assertThat(transports()).containsExactly(Transport.WEBSOCKET, Transport.HTTP, Transport.WEBSOCKET);
        assertThat(lines).isEmpty();
    }

    @Test
    void whereThereIsNoHttpItWaitsForAConnection() {
        WireProvider provider = provider(TestSettings.of(server.baseUrl()).transport(StreamTransport.WEBSOCKET)
                .webSocket(settings -> settings.withMaxConnections(1)));
        CompletableFuture<Void> released = new CompletableFuture<>();
        server.enqueue(Answer.text("1").pauseUntil(released), Answer.text("2"));
        provider.complete(SMALL).subscribeAsCompletionStage();
        server.takeRequest();

        CompletableFuture<LlmResponse> waiting = provider.complete(SMALL).subscribeAsCompletionStage();
        released.complete(null);

        assertThat(waiting.join().text()).isEqualTo("2");
        assertThat(transports()).containsExactly(Transport.WEBSOCKET, Transport.WEBSOCKET);
    }

    @Test
    void whatFindsTheQueueFullGoesOverHttp() {
        WireProvider provider = provider(TestSettings.of(server.baseUrl()).concurrency(1, 0));
        CompletableFuture<Void> released = new CompletableFuture<>();
        server.enqueue(Answer.text("1").pauseUntil(released), Answer.text("2"));
        CompletableFuture<LlmResponse> running = provider.complete(SMALL).subscribeAsCompletionStage();
        server.takeRequest();

        assertThat(ask(provider, SMALL).text()).isEqualTo("2");
        released.complete(null);
        running.join();

        assertThat(transports()).containsExactly(Transport.WEBSOCKET, Transport.HTTP);
        assertThat(lines).isEmpty();
    }

    @Test
    void whatWouldWaitWithMoreBytesThanMayGoesOverHttp() {
        WireProvider provider = provider(TestSettings.of(server.baseUrl()).concurrency(1, 100)
                .webSocket(settings -> settings.withMaxQueuedBytes(1_000)));
        CompletableFuture<Void> released = new CompletableFuture<>();
        server.enqueue(Answer.text("1").pauseUntil(released), Answer.text("2"), Answer.text("3"));
        CompletableFuture<LlmResponse> running = provider.complete(SMALL).subscribeAsCompletionStage();
        server.takeRequest();

        assertThat(ask(provider, LARGE).text()).isEqualTo("2");
        released.complete(null);
        assertThat(running.join().text()).isEqualTo("1");
        assertThat(ask(provider, LARGE).text()).isEqualTo("3");

        assertThat(transports()).containsExactly(Transport.WEBSOCKET, Transport.HTTP, Transport.WEBSOCKET);
        assertThat(lines).isEmpty();
    }

    @Test
    void whatGetsNoRoomInTimeGoesOverHttpAndSaysNothingAgainstTheServer() {
        WireProvider provider = provider(TestSettings.of(server.baseUrl()).acquire(Duration.ofMillis(50))
                .concurrency(1, 100));
        CompletableFuture<Void> released = new CompletableFuture<>();
        server.enqueue(Answer.text("1").pauseUntil(released), Answer.text("2"), Answer.text("3"));
        CompletableFuture<LlmResponse> running = provider.complete(SMALL).subscribeAsCompletionStage();
        server.takeRequest();

        assertThat(ask(provider, SMALL).text()).isEqualTo("2");
        released.complete(null);
        running.join();
        assertThat(ask(provider, SMALL).text()).isEqualTo("3");

        assertThat(transports()).containsExactly(Transport.WEBSOCKET, Transport.HTTP, Transport.WEBSOCKET);
        assertThat(lines).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = { 302, 400, 401, 403, 404, 405, 407, 426, 500, 501, 502, 503, 504 })
    void aRefusedUpgradeIsFollowedByHttpForSomeTime(int status) {
        server.webSocket(WebSocketMode.refused(status));
        WireProvider provider = provider();
        server.enqueue(Answer.text("1"), Answer.text("2"));

        assertThat(ask(provider, SMALL).text()).isEqualTo("1");
        assertThat(ask(provider, SMALL).text()).isEqualTo("2");

        assertThat(server.upgrades()).hasSize(1);
        assertThat(transports()).containsOnly(Transport.HTTP);
        assertThat(lines).singleElement().asString().contains("takes server-sent events for the next 5 minutes")
                .contains(String.valueOf(status));
    }

    @Test
    void aWebSocketThatBreaksIsFollowedByHttpForSomeTime() {
        WireProvider provider = provider();
        server.enqueue(Answer.text("1").with(Fault.dropBeforeHead()), Answer.text("2"), Answer.text("3"));

        assertThat(ask(provider, SMALL).text()).isEqualTo("2");
        assertThat(ask(provider, SMALL).text()).isEqualTo("3");

        assertThat(transports()).containsExactly(Transport.WEBSOCKET, Transport.HTTP, Transport.HTTP);
        assertThat(lines).singleElement().asString().contains("takes server-sent events for the next 5 minutes");
    }

    @Test
    void aServerThatFailsOverHttpTooIsAskedOverTheWebSocketAgain() {
        WireProvider provider = provider();
        server.enqueue(Answer.text("1").with(Fault.dropBeforeHead()), Answer.error(500, "Starting"), Answer.text("3"));

        assertThatExceptionOfType(LlmServerException.class).isThrownBy(() -> ask(provider, SMALL))
                .withMessageContaining("Starting");
        assertThat(lines).isEmpty();
        assertThat(ask(provider, SMALL).text()).isEqualTo("3");

        assertThat(transports()).containsExactly(Transport.WEBSOCKET, Transport.HTTP, Transport.WEBSOCKET);
    }

    @Test
    void whereHttpFailsTooTheFailureOfTheWebSocketIsTold() {
        server.enqueue(Answer.text("1").with(Fault.dropBeforeHead()), Answer.error(500, "Starting"));

        assertThatExceptionOfType(LlmServerException.class).isThrownBy(() -> ask(provider(), SMALL))
                .satisfies(failure -> assertThat(failure.getSuppressed()).singleElement()
                        .isInstanceOf(LlmTransportException.class));
    }

    @Test
    void whoseLargeRequestFailsOverHttpIsToldWhyItWentThere() {
        WireProvider provider = provider(settings -> settings.withMaxMessageSize(4_000));
        server.enqueue(Answer.error(500, "down"));

        assertThatExceptionOfType(LlmServerException.class).isThrownBy(() -> ask(provider, LARGE))
                .satisfies(failure -> assertThat(failure.getSuppressed()).singleElement().asString()
                        .contains("websocket.max-message-size"));
    }

    @Test
    void aKeyThatIsWrongFailsAsOverHttpAndSaysNothingAgainstTheWebSocket() {
        server.webSocket(WebSocketMode.refused(401));
        WireProvider provider = provider();
        server.respond(request -> Answer.error(401, "Incorrect API key"));

        assertThatExceptionOfType(LlmAuthenticationException.class).isThrownBy(() -> ask(provider, SMALL))
                .withMessageContaining("Incorrect API key")
                .satisfies(failure -> assertThat(failure.getSuppressed()).singleElement().asString()
                        .contains("This server refuses WebSockets"));
        assertThat(transports()).containsExactly(Transport.HTTP);
        assertThat(lines).isEmpty();

        server.webSocket(WebSocketMode.accepted()).respond(request -> Answer.text("1"));
        assertThat(ask(provider, SMALL).text()).isEqualTo("1");
        assertThat(transports()).endsWith(Transport.WEBSOCKET);
    }

    @Test
    void whoIsToldToWaitByTheUpgradeWaitsAndDoesNotAskOverHttpAtOnce() {
        server.webSocket(WebSocketMode.refused(Answer.error(429, "Slow down").header("Retry-After", "7")));

        LlmRateLimitException failure = catchThrowableOfType(LlmRateLimitException.class, () -> ask(provider(), SMALL));

        assertThat(failure.details().retryAfter()).contains(Duration.ofSeconds(7));
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void anUpgradeThatIsRefusedForTooManyConnectionsSaysHowLongToWait() {
        server.webSocket(WebSocketMode.refused(Answer.error(429, new JsonObject().put("error", new JsonObject()
                .put("message", "Too many connections").put("code", "websocket_connection_limit_reached")))
                .header("Retry-After", "7")));

        LlmException failure = catchThrowableOfType(LlmException.class, () -> ask(provider(), SMALL));

        assertThat(failure.httpStatus()).hasValue(429);
        assertThat(failure.details().retryAfter()).contains(Duration.ofSeconds(7));
        assertThat(server.upgrades()).hasSize(1);
        assertThat(server.requests()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = { 400, 401, 403, 429, 500 })
    void anErrorThatComesOverTheWebSocketIsNotAskedForOverHttpToo(int status) {
        server.respond(request -> Answer.error(status, "no"));

        LlmException failure = catchThrowableOfType(LlmException.class, () -> ask(provider(), SMALL));

        assertThat(failure.httpStatus()).hasValue(status);
        assertThat(transports()).containsExactly(Transport.WEBSOCKET);
    }
}
