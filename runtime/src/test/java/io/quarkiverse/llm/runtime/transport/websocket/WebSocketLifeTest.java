package io.quarkiverse.llm.runtime.transport.websocket;

import static io.quarkiverse.llm.runtime.transport.RecordingListener.AT_MOST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.netty.channel.EventLoop;
import io.quarkiverse.llm.LlmTransportException;
import io.quarkiverse.llm.runtime.config.TestSettings;
import io.quarkiverse.llm.runtime.leaks.Leaks;
import io.quarkiverse.llm.runtime.transport.RawServer;
import io.quarkiverse.llm.scripted.Answer;
import io.quarkiverse.llm.scripted.ScriptedWebSocket;
import io.vertx.core.Future;

/** How connections come and go. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class WebSocketLifeTest {

    private static final Duration SHORT = Duration.ofMillis(150);
    private static final int NORMAL = 1000;

    private final SocketFixture fixture = new SocketFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    private ScriptedWebSocket socket(int number) {
        return fixture.server.webSockets().get(number);
    }

    private static void whileTimePasses(Duration span, ScriptedWebSocket open) {
        await().during(span).atMost(AT_MOST).until(open::isOpen);
    }

    private WebSocketTransport transport(TestSettings settings) {
        return fixture.transport(settings);
    }

    @Test
    void anIdleConnectionCloses() {
        fixture.server.enqueue(Answer.text("a"));
        fixture.ask(fixture.settings().webSocket(settings -> settings.withIdleTimeout(SHORT))).awaitText();
        assertThat(socket(0).awaitClosed()).isEqualTo(NORMAL);
    }

    @Test
    void aConnectionThatWaitsForAnAnswerIsNotIdle() {
        CompletableFuture<Void> released = new CompletableFuture<>();
        fixture.server.respond(request -> Answer.text("a").pauseUntil(released).thenText("b"));
        WebSocketTransport transport = transport(
                fixture.settings().webSocket(settings -> settings.withIdleTimeout(SHORT)));
        Taker taker = fixture.ask(transport).awaiting("head");
        whileTimePasses(SHORT.multipliedBy(3), socket(0));
        released.complete(null);
        assertThat(taker.awaitText()).isEqualTo("ab");
        assertThat(socket(0).awaitClosed()).isEqualTo(NORMAL);
    }

    @Test
    void anOldConnectionFinishesItsAnswerAndTakesNoOther() {
        CompletableFuture<Void> released = new CompletableFuture<>();
        fixture.server.enqueue(Answer.text("a").pauseUntil(released).thenText("b"), Answer.text("c"));
        WebSocketTransport transport = transport(fixture.settings().concurrency(1, 1)
                .webSocket(settings -> settings.withMaxLifetime(SHORT)));
        Taker first = fixture.ask(transport).awaiting("head");
        Taker second = fixture.ask(transport);
        whileTimePasses(SHORT.multipliedBy(2), socket(0));
        released.complete(null);
        assertThat(first.awaitText()).isEqualTo("ab");
        assertThat(second.awaitText()).isEqualTo("c");
        assertThat(socket(0).awaitClosed()).isEqualTo(NORMAL);
        assertThat(fixture.server.requests().get(1).connection()).isEqualTo(socket(1).connection());
    }

    @Test
    void anOldConnectionThatIsIdleCloses() {
        fixture.server.enqueue(Answer.text("a"));
        fixture.ask(fixture.settings().webSocket(settings -> settings.withMaxLifetime(SHORT))).awaitText();
        assertThat(socket(0).awaitClosed()).isEqualTo(NORMAL);
    }

    @Test
    void aConnectionThatAnswersPingsStays() {
        fixture.server.enqueue(Answer.text("a"));
        fixture.ask(fixture.settings().webSocket(settings -> settings.withPingInterval(Duration.ofMillis(30)))).awaitText();
        whileTimePasses(Duration.ofMillis(300), socket(0));
    }

    @Test
    void aConnectionThatAnswersNoPingIsDead() {
        try (RawServer silent = new RawServer(fixture.vertx, (connection, data) -> {
            Matcher key = Pattern.compile("(?i)sec-websocket-key: (\\S+)").matcher(data);
            if (key.find()) {
                connection.write("HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: upgrade\r\n"
                        + "sec-websocket-accept: " + accept(key.group(1)) + "\r\n\r\n");
            }
        })) {
            Taker taker = fixture.ask(TestSettings.of(silent.baseUrl())
                    .webSocket(settings -> settings.withPingInterval(Duration.ofMillis(50))));
            assertThat(taker.awaitFailure(LlmTransportException.class))
                    .hasMessageContaining("no answer to a ping within 50 ms")
                    .hasMessageContaining("quarkus.llm.test.websocket.ping-interval");
        }
    }

    private static String accept(String key) {
        try {
            return Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-1")
                    .digest((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").getBytes()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aConnectionThatIsNotReadIsNotDead() {
        fixture.server.enqueue(Answer.endless());
        Taker taker = fixture.ask(
                fixture.settings().webSocket(settings -> settings.withPingInterval(Duration.ofMillis(50)))).awaiting("head");
        fixture.onLoop(taker.exchange::pause);
        await().during(Duration.ofMillis(400)).atMost(AT_MOST).until(() -> taker.failures.isEmpty());
        int calls = taker.calls.size();
        fixture.onLoop(taker.exchange::resume);
        await().atMost(AT_MOST).until(() -> taker.calls.size() > calls);
    }

    @Test
    void aConnectionThatTheServerClosesIsNotUsedAgain() {
        fixture.server.respond(request -> Answer.text("a"));
        WebSocketTransport transport = transport(fixture.settings());
        fixture.ask(transport).awaitText();
        socket(0).close(1001).awaitClosed();
        assertThat(fixture.ask(transport).awaitText()).isEqualTo("a");
        assertThat(fixture.server.connections().opened()).isEqualTo(2);
    }

    @Test
    void aRequestThatMeetsAConnectionThatIsGoneGetsAnother() {
        fixture.server.respond(request -> Answer.text("a"));
        WebSocketTransport transport = transport(fixture.settings().concurrency(1, 1));
        fixture.ask(transport).awaitText();
        Holder holder = new Holder();
        WebSocketConnection connection = await().atMost(AT_MOST)
                .until(() -> transport.pool().enter(holder).connection(), Optional::isPresent).get();
        Taker taker = fixture.ask(transport);
        socket(0).close(1001).awaitClosed();

        transport.pool().giveBack(connection);

        assertThat(taker.awaitText()).isEqualTo("a");
        assertThat(fixture.server.connections().opened()).isEqualTo(2);
        assertThat(fixture.server.requests()).hasSize(2);
    }

    private final class Holder implements ConnectionPool.Waiter<WebSocketConnection> {

        @Override
        public Handshake handshake() {
            return Handshake.of(SocketFixture.outgoing(fixture.settings().build(), "sesame"));
        }

        @Override
        public EventLoop eventLoop() {
            return fixture.context.nettyEventLoop();
        }

        @Override
        public FrameSource frames() {
            return new Conversation("a");
        }

        @Override
        public boolean mayWait() {
            return true;
        }

        @Override
        public void entered(Optional<WebSocketConnection> connection) {
            throw new AssertionError();
        }
    }

    @Test
    void aConnectionThatIsGoneLeavesNoTimer() {
        fixture.server.enqueue(Answer.endless(), Answer.text("a"));
        WebSocketTransport transport = transport(fixture.settings());
        Taker cancelled = fixture.ask(transport).awaiting("head");
        fixture.onLoop(cancelled.exchange::cancel);
        fixture.ask(transport).awaitText();
        socket(1).drop();
        try (Leaks leaks = Leaks.start()) {
            leaks.assertTimers(fixture.vertx, Map.of());
        }
    }

    @Test
    void aClosedTransportTakesNothing() {
        WebSocketTransport transport = transport(fixture.settings());
        await().atMost(AT_MOST).until(transport.close()::isComplete);
        assertThat(fixture.ask(transport).awaitFailure(LlmTransportException.class)).hasMessageContaining("closed");
    }

    @Test
    void whatIsUnderWayOrWaitsWhenTheTransportClosesFinishes() {
        CompletableFuture<Void> released = new CompletableFuture<>();
        fixture.server.respond(request -> Answer.text("a").pauseUntil(released).thenText("b"));
        WebSocketTransport transport = transport(fixture.settings().concurrency(1, 1));
        Taker running = fixture.ask(transport).awaiting("head");
        Taker waiting = fixture.ask(transport);
        Future<Void> closed = transport.close();
        assertThat(closed.isComplete()).isFalse();
        released.complete(null);
        assertThat(running.awaitText()).isEqualTo("ab");
        assertThat(waiting.awaitText()).isEqualTo("ab");
        await().atMost(AT_MOST).until(() -> closed.succeeded() && fixture.server.connections().open() == 0);
    }

    @Test
    void aRetiredTransportTakesWhatComesLateAndKeepsNoConnection() {
        fixture.server.respond(request -> Answer.text("a"));
        WebSocketTransport transport = transport(fixture.settings());
        fixture.ask(transport).awaitText();
        await().atMost(AT_MOST).until(transport.retire()::isComplete);
        await().atMost(AT_MOST).until(() -> fixture.server.connections().open() == 0);
        assertThat(fixture.ask(transport).awaitText()).isEqualTo("a");
        await().atMost(AT_MOST).until(() -> fixture.server.connections().open() == 0);
    }
}
