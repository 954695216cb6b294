package io.quarkiverse.llm.scripted;

import static io.quarkiverse.llm.scripted.SocketClient.code;
import static io.quarkiverse.llm.scripted.SocketClient.text;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.quarkiverse.llm.scripted.SocketClient.Connection;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.json.JsonObject;

/** The WebSocket mode of the Responses API: what a connection carries, and how it ends. */
class WebSocketConnectionTest {

    /** The smaller the buffers of the network, the sooner the server notices a client that does not read. */
    private static final int BUFFER = 16 * 1024;

    private final ScriptedServer server = ScriptedServer.start(new HttpServerOptions().setSendBufferSize(BUFFER));
    private final SocketClient client = new SocketClient(server, new WebSocketClientOptions().setReceiveBufferSize(BUFFER));

    @AfterEach
    void close() {
        client.close();
        server.close();
    }

    /** A client that asks for an endless answer and reads nothing of it. */
    private Connection unread() {
        server.enqueue(Answer.endless("x".repeat(1000)));
        Connection connection = client.connect();
        connection.socket.pause();
        return connection.ask(SocketClient.CREATE);
    }

    /** Waits until the server has written all that it does to a client that does not read. */
    private static void awaitStandstill(RecordedRequest request) {
        AtomicLong before = new AtomicLong();
        await().pollInterval(20, MILLISECONDS).during(100, MILLISECONDS).until(() -> {
            long written = request.bytesWritten();
            return before.getAndSet(written) == written && request.bytesUnsent() >= 64 * 1024;
        });
    }

    @Test
    void aConnectionServesNoMoreRequestsThanItMay() {
        server.webSocket(WebSocketMode.accepted().mostRequests(1)).enqueue(Answer.text("a"), Answer.text("b"));
        Connection connection = client.connect();
        connection.answer(SocketClient.CREATE);

        JsonObject refused = connection.last(SocketClient.create());

        assertThat(refused.getInteger("status")).isEqualTo(400);
        assertThat(code(refused)).isEqualTo("websocket_connection_limit_reached");
        assertThat(text(client.connect().answer(SocketClient.CREATE))).isEqualTo("b");
    }

    @Test
    void aGreetingComesBeforeAnyRequest() {
        server.webSocket(WebSocketMode.accepted().greeting(new JsonObject().put("type", "codex.rate_limits")));

        assertThat(client.connect().event().getString("type")).isEqualTo("codex.rate_limits");
    }

    @Test
    void aMessageOf32MiBIsTaken() {
        server.enqueue(Answer.text("a"));
        String large = SocketClient.CREATE.replace("Hi", "x".repeat(32 * 1024 * 1024));

        client.connect().answer(large);

        assertThat(server.takeRequest().bodyBytes()).isEqualTo(large.length());
    }

    @Test
    void aLimitOfTheOptionsIsKept() {
        try (ScriptedServer small = ScriptedServer.start(new HttpServerOptions().setMaxWebSocketFrameSize(1024)
                .setMaxWebSocketMessageSize(1024));
                SocketClient toSmall = new SocketClient(small)) {
            Connection connection = toSmall.connect();
            connection.socket.writeTextMessage("x".repeat(2048));

            assertThat(connection.closeCode()).isNotEqualTo(1000);
            assertThat(small.requests()).isEmpty();
        }
    }

    @Test
    void aClientThatOffersCompressionGetsIt() {
        try (SocketClient compressing = new SocketClient(server,
                new WebSocketClientOptions().setTryUsePerMessageCompression(true))) {
            server.enqueue(Answer.text("Hel", "lo").with(Fault.split(7)));
            Connection connection = compressing.connect();

            assertThat(connection.headers.get("sec-websocket-extensions")).contains("permessage-deflate");
            assertThat(text(connection.answer(SocketClient.CREATE))).isEqualTo("Hello");
        }
    }

    @Test
    void theEndOfTheClientIsTheOutcome() {
        server.enqueue(Answer.text("a").with(Fault.stallAfterEvents(2)), Answer.text("b"));
        Connection connection = client.connect().ask(SocketClient.CREATE).ask(SocketClient.CREATE);
        connection.event();
        connection.event();
        connection.close();

        assertThat(server.takeRequest().awaitOutcome()).isEqualTo(Outcome.CLIENT_CLOSED);
        assertThat(server.takeRequest().awaitOutcome()).as("the one that waits").isEqualTo(Outcome.CLIENT_CLOSED);
        assertThat(server.webSockets().get(0).awaitClosed()).isEqualTo(1000);
        await().until(() -> server.connections().open() == 0);
    }

    @Test
    void anEndlessAnswerStopsWhereTheClientDoesNotReadAndEndsWithIt() {
        Connection connection = unread();
        RecordedRequest request = server.takeRequest();

        awaitStandstill(request);
        long written = request.bytesWritten();
        connection.socket.resume();
        await().until(() -> request.bytesWritten() > 2 * written);
        connection.socket.close();
        assertThat(request.awaitOutcome()).isEqualTo(Outcome.CLIENT_CLOSED);
    }

    @Test
    void aResetClosesTheConnectionOfAClientThatDoesNotRead() {
        Connection connection = unread();
        RecordedRequest request = server.takeRequest();
        awaitStandstill(request);

        server.reset();

        assertThat(request.awaitOutcome()).isEqualTo(Outcome.SERVER_CLOSED);
        await().until(() -> server.connections().open() == 0);
        connection.socket.resume();
    }

    @Test
    void theServerDoesNotWaitForAClientThatDoesNotReadWhenItCloses() {
        Connection connection = unread();
        RecordedRequest request = server.takeRequest();
        awaitStandstill(request);

        assertThat(CompletableFuture.runAsync(server::close)).succeedsWithin(5, SECONDS);
        assertThat(request.awaitOutcome()).isEqualTo(Outcome.SERVER_CLOSED);
        connection.socket.resume();
    }

    @Test
    void theTestPingsAndClosesAtItsWill() {
        Connection connection = client.connect();
        ScriptedWebSocket socket = server.webSockets().get(0);

        assertThat(socket.ping().toCompletableFuture()).succeedsWithin(10, SECONDS);
        assertThat(socket.pongs()).isEqualTo(1);
        assertThat(socket.send("{}").isOpen()).isTrue();
        assertThat(connection.event()).isEqualTo(new JsonObject());
        socket.close(1012);
        assertThat(connection.closeCode()).isEqualTo(1012);
        assertThat(socket.awaitClosed()).isEqualTo(1012);
        assertThat(socket.isOpen()).isFalse();
    }

    @Test
    void whatTheTestBreaksOffHasEndedByTheServer() {
        server.enqueue(Answer.text("a").with(Fault.stallAfterEvents(1)));
        Connection connection = client.connect().ask(SocketClient.CREATE);
        connection.event();
        server.webSockets().get(0).drop();

        assertThat(connection.closeCode()).isEqualTo(1006);
        assertThat(server.takeRequest().awaitOutcome()).isEqualTo(Outcome.SERVER_CLOSED);
    }

    @Test
    void theServerAnswersPings() {
        Connection connection = client.connect();
        CompletableFuture<String> pong = new CompletableFuture<>();
        connection.socket.pongHandler(data -> pong.complete(data.toString()));
        connection.socket.writePing(SocketClient.binary('h', 'i'));

        assertThat(pong).succeedsWithin(10, SECONDS).isEqualTo("hi");
    }

    @Test
    void aResetBreaksOffWhatIsUnderWayAndKeepsIdleConnections() {
        server.enqueue(Answer.text("a"), Answer.text("b").with(Fault.stallAfterEvents(1)));
        Connection idle = client.connect();
        String id = idle.last(SocketClient.create()).getJsonObject("response").getString("id");
        Connection busy = client.connect().ask(SocketClient.CREATE);
        busy.event();
        RecordedRequest brokenOff = server.requests().get(1);

        server.reset().enqueue(Answer.text("c"));

        assertThat(brokenOff.awaitOutcome()).isEqualTo(Outcome.SERVER_CLOSED);
        assertThat(busy.closeCode()).isEqualTo(1006);
        assertThat(Stream.of(server.upgrades(), server.webSockets(), server.requests())).allMatch(List::isEmpty);
        assertThat(code(idle.last(SocketClient.after(id)))).isEqualTo("previous_response_not_found");
        assertThat(text(idle.answer(SocketClient.CREATE))).isEqualTo("c");
    }

    @Test
    void aResetLeavesTheConnectionOfAnAnswerThatWasJustRead() {
        Connection connection = client.connect();

        for (int round = 0; round < 500; round++) {
            server.enqueue(Answer.text("a"));
            assertThat(text(connection.answer(SocketClient.CREATE))).isEqualTo("a");
            server.reset();
        }

        assertThat(server.connections()).isEqualTo(new ConnectionCount(0, 1));
    }
}
