package io.quarkiverse.llm.runtime.transport.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.quarkiverse.llm.LlmLimitException;
import io.quarkiverse.llm.LlmTimeoutException;
import io.quarkiverse.llm.runtime.config.TestSettings;
import io.quarkiverse.llm.scripted.Answer;
import io.quarkiverse.llm.scripted.Fault;

/** Requests that share connections, or wait for one. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class WebSocketQueueTest {

    private final SocketFixture fixture = new SocketFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    private WebSocketTransport one(TestSettings settings) {
        return fixture.transport(settings.webSocket(webSocket -> webSocket.withMaxConnections(1)));
    }

    private Taker ask(WebSocketTransport transport, String key) {
        return fixture.ask(fixture.context, transport,
                WebSocketRequest.of(SocketFixture.outgoing(transport.settings(), key)), new Taker());
    }

    private Taker ask(WebSocketTransport transport, Conversation conversation) {
        return fixture.ask(fixture.context, transport,
                new WebSocketRequest(SocketFixture.outgoing(transport), conversation), new Taker() {
                    @Override
                    void last() {
                        conversation.attachment.set(conversation.name);
                        super.last();
                    }
                });
    }

    @Test
    void requestsAtATimeHaveConnectionsOfTheirOwn() {
        CompletableFuture<Void> released = new CompletableFuture<>();
        fixture.server.respond(request -> Answer.text("a").pauseUntil(released));
        WebSocketTransport transport = fixture.transport(fixture.settings());
        List<Taker> takers = List.of(fixture.ask(transport), fixture.ask(transport), fixture.ask(transport));
        takers.forEach(taker -> taker.awaiting("head"));
        assertThat(fixture.server.connections().open()).isEqualTo(3);
        assertThat(fixture.server.requests()).noneMatch(request -> request.isPipelined());
        released.complete(null);
        takers.forEach(Taker::awaitText);
    }

    @Test
    void thoseThatWaitAreServedInOrderOverOneConnection() {
        CompletableFuture<Void> released = new CompletableFuture<>();
        fixture.server.respond(request -> Answer.text("" + request.number()).pauseUntil(released));
        WebSocketTransport transport = one(fixture.settings());
        List<Taker> takers = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            takers.add(fixture.ask(transport));
        }
        released.complete(null);
        List<String> texts = takers.stream().map(Taker::awaitText).toList();
        assertThat(texts).isSortedAccordingTo((a, b) -> Integer.parseInt(a) - Integer.parseInt(b));
        assertThat(fixture.server.connections().opened()).isEqualTo(1);
        assertThat(fixture.server.requests()).noneMatch(request -> request.isPipelined());
    }

    @Test
    void tooManyRequestsNameTheirKeys() {
        fixture.server.respond(request -> Answer.text("a").with(Fault.stallAfterEvents(1)));
        WebSocketTransport transport = one(fixture.settings().concurrency(100, 1));
        fixture.ask(transport);
        fixture.ask(transport);
        LlmLimitException failure = fixture.ask(transport).awaitFailure(LlmLimitException.class);
        assertThat(failure.key()).isEqualTo("max-queued-requests");
        assertThat(failure).hasMessageContaining("1 requests are under way and 1 wait")
                .hasMessageContaining("quarkus.llm.test.websocket.max-connections")
                .hasMessageContaining("quarkus.llm.test.max-queued-requests");
    }

    @Test
    void tooManyBytesNameTheirKey() {
        fixture.server.respond(request -> Answer.text("a").with(Fault.stallAfterEvents(1)));
        WebSocketTransport transport = one(fixture.settings()
                .webSocket(webSocket -> webSocket.withMaxQueuedBytes(2L * SocketFixture.FRAME.length())));
        for (int i = 0; i < 3; i++) {
            fixture.ask(transport);
        }
        LlmLimitException failure = fixture.ask(transport).awaitFailure(LlmLimitException.class);
        assertThat(failure.key()).isEqualTo("websocket.max-queued-bytes");
        assertThat(failure).hasMessageContaining("quarkus.llm.test.websocket.max-queued-bytes");
    }

    @Test
    void waitingTooLongNamesTheKeys() {
        fixture.server.respond(request -> Answer.text("a").with(Fault.stallAfterEvents(1)));
        WebSocketTransport transport = one(fixture.settings().acquire(Duration.ofMillis(150)));
        fixture.ask(transport);
        LlmTimeoutException failure = fixture.ask(transport).awaitFailure(LlmTimeoutException.class);
        assertThat(failure.limit()).isEqualTo(LlmTimeoutException.Limit.ACQUIRE);
        assertThat(failure).hasMessageContaining("quarkus.llm.test.websocket.max-connections")
                .hasMessageContaining("quarkus.llm.test.acquire-timeout");
    }

    @Test
    void credentialsHaveConnectionsOfTheirOwn() {
        fixture.server.respond(request -> Answer.text(request.header("authorization")));
        WebSocketTransport transport = fixture.transport(fixture.settings());
        for (int i = 0; i < 3; i++) {
            assertThat(ask(transport, "mine").awaitText()).isEqualTo("Bearer mine");
            assertThat(ask(transport, "yours").awaitText()).isEqualTo("Bearer yours");
        }
        assertThat(fixture.server.connections().opened()).isEqualTo(2);
    }

    @Test
    void anIdleConnectionMakesRoomForOtherCredentials() {
        fixture.server.respond(request -> Answer.text(request.header("authorization")));
        WebSocketTransport transport = one(fixture.settings());
        assertThat(ask(transport, "mine").awaitText()).isEqualTo("Bearer mine");
        assertThat(ask(transport, "yours").awaitText()).isEqualTo("Bearer yours");
        assertThat(fixture.server.webSockets().get(0).awaitClosed()).isEqualTo(1000);
    }

    @Test
    void aConversationFindsItsConnection() {
        fixture.server.respond(request -> Answer.text("" + request.connection()));
        WebSocketTransport transport = fixture.transport(fixture.settings());
        Conversation a = new Conversation("a");
        Conversation b = new Conversation("b");
        String connectionOfA = ask(transport, a).awaitText();
        String connectionOfB = ask(transport, b).awaitText();
        assertThat(connectionOfB).isNotEqualTo(connectionOfA);
        for (int i = 0; i < 3; i++) {
            assertThat(ask(transport, a).awaitText()).isEqualTo(connectionOfA);
            assertThat(ask(transport, b).awaitText()).isEqualTo(connectionOfB);
        }
        assertThat(a.attached).containsExactly("nothing", "a", "a", "a");
        assertThat(b.attached).containsExactly("nothing", "b", "b", "b");
    }

    @Test
    void whatIsAttachedGoesWithTheConnection() {
        fixture.server.respond(request -> Answer.text("x"));
        WebSocketTransport transport = fixture.transport(fixture.settings());
        Conversation a = new Conversation("a");
        ask(transport, a).awaitText();
        fixture.server.webSockets().get(0).close(1001).awaitClosed();
        ask(transport, a).awaitText();
        assertThat(a.attached).containsExactly("nothing", "nothing");
    }
}
