package io.quarkiverse.llm.gateway.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;

import org.junit.jupiter.api.Test;

import io.quarkiverse.llm.scripted.Answer;
import io.quarkiverse.llm.scripted.Fault;
import io.quarkiverse.llm.scripted.Outcome;
import io.quarkiverse.llm.scripted.RecordedRequest;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.WebSocketFrame;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** How long a WebSocket lives, and how much goes through it. */
class WebSocketLifeTest extends GatewayFixture {

    private static final int SMALL = 8 * 1024;

    private SocketClient socket() {
        return SocketClient.of(server());
    }

    /** One that has sent its handshake and reads when it wants to. */
    private RawClient rawSocket(int receiveBuffer) {
        RawClient client = new RawClient(server().root(), receiveBuffer);
        client.send("GET /v1/responses HTTP/1.1\r\nhost: gateway\r\nconnection: upgrade\r\nupgrade: websocket\r\n"
                + "sec-websocket-version: 13\r\nsec-websocket-key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n");
        assertThat(client.head().status()).isEqualTo(101);
        return client;
    }

    /** Masked with zeros, in one frame; of less than 126 bytes. */
    private static byte[] frame(JsonObject request) {
        byte[] text = request.encode().getBytes(StandardCharsets.UTF_8);
        return Buffer.buffer().appendByte((byte) 0x81).appendByte((byte) (0x80 | text.length)).appendInt(0).appendBytes(text)
                .getBytes();
    }

    @Test
    void atTheEndOfItsLifeItIsClosed() {
        set("quarkus.llm-gateway.websocket.max-lifetime", "50ms");
        try (SocketClient client = socket()) {
            assertThat(client.awaitClose()).isEqualTo(1001);
            assertThat(client.socket().closeReason()).isEqualTo("websocket_connection_limit_reached");
        }
    }

    @Test
    void whatIsUnderWayThenStillEnds() {
        set("quarkus.llm-gateway.websocket.max-lifetime", "1s");
        CompletableFuture<Void> released = new CompletableFuture<>();
        llm.enqueue(Answer.text("Hello").pauseUntil(released).thenText("!"));
        try (SocketClient client = socket()) {
            client.send(SocketClient.turn("Hi"));
            client.awaitText("Hello");
            JsonObject error;
            do {
                // refused once it is too late, and until then each waits on the lane that is busy
                client.send(SocketClient.turn("late", "").put("input", new JsonArray()));
                error = client.error();
            } while (!error.getJsonObject("error").getString("code").equals("websocket_connection_limit_reached"));
            assertThat(error.getInteger("status")).isEqualTo(400);
            assertThat(error.getJsonObject("error").getString("message")).isEqualTo("Responses websocket connection limit"
                    + " reached (1000 ms). Create a new websocket connection to continue.");
            assertThat(client.isClosed()).isFalse();
            released.complete(null);
            client.awaitText("!");
            assertThat(client.awaitClose()).isEqualTo(1001);
        }
        assertThat(log.requests()).anyMatch(line -> line.contains("outcome=completed"));
    }

    @Test
    void oneThatIsNotUsedIsClosed() {
        set("quarkus.llm-gateway.websocket.idle-timeout", "100ms");
        llm.enqueue(Answer.text("Hello"));
        try (SocketClient client = socket()) {
            client.ask(SocketClient.turn("Hi"));
            assertThat(client.awaitClose()).isEqualTo(1001);
        }
    }

    @Test
    void aClientIsAskedWhetherItIsThere() {
        set("quarkus.llm-gateway.websocket.ping-interval", "250ms");
        AtomicInteger pings = new AtomicInteger();
        llm.enqueue(Answer.text("Hello"));
        try (SocketClient client = socket()) {
            client.socket().frameHandler(frame -> pings.addAndGet(frame.isPing() ? 1 : 0));
            await().until(() -> pings.get() > 2);
            assertThat(client.ask(SocketClient.turn("Hi")).text()).isEqualTo("Hello");
        }
    }

    @Test
    void aClientThatDoesNotAnswerIsGone() {
        set("quarkus.llm-gateway.websocket.ping-interval", "50ms");
        llm.enqueue(Answer.text("Hello").with(Fault.stallBeforeHead()));
        try (RawClient client = rawSocket(0)) {
            client.send(frame(SocketClient.turn("Hi")));
            assertThat(llm.takeRequest().awaitOutcome()).isEqualTo(Outcome.CLIENT_CLOSED);
            await().until(() -> server().webSockets().count() == 0);
        }
        assertThat(log.request()).contains("outcome=client-left");
    }

    @Test
    void aClientThatDoesNotReadPausesTheProvider() {
        llm.respond(request -> Answer.endless("x".repeat(500)));
        RecordedRequest request;
        try (RawClient client = rawSocket(SMALL)) {
            client.send(frame(SocketClient.turn("one", "Hi"))).send(frame(SocketClient.turn("two", "Hi")));
            request = llm.takeRequest();
            RecordedRequest other = llm.takeRequest();
            long written = SlowClientTest.awaitStandstill(request);
            long ofOther = SlowClientTest.awaitStandstill(other);
            while (request.bytesWritten() == written || other.bytesWritten() == ofOther) {
                client.bytes(10_000);
            }
            assertThat(request.outcome().toCompletableFuture()).isNotDone();
        }
        assertThat(request.awaitOutcome()).isEqualTo(Outcome.CLIENT_CLOSED);
        assertThat(log.request()).contains("outcome=client-left");
        assertThat(log.from(Level.WARNING)).isEmpty();
    }

    @Test
    void aClientThatNeverReadsDoesNotHoldTheProviderForEver() {
        set("quarkus.llm-gateway.write-timeout", "1s");
        set("quarkus.llm-gateway.keep-alive", "200ms");
        llm.enqueue(Answer.endless("x".repeat(500)));
        try (RawClient client = rawSocket(SMALL)) {
            client.send(frame(SocketClient.turn("Hi")));
            assertThat(llm.takeRequest().awaitOutcome()).isEqualTo(Outcome.CLIENT_CLOSED);
            assertThat(log.request()).contains("outcome=client-stuck");
            await().until(() -> server().webSockets().count() == 0);
        }
    }

    @Test
    void aLongHistoryComesInOneMessage() {
        llm.respond(request -> Answer.text("x".repeat(100_000)));
        String history = "ä€😀".repeat(1_000_000);
        try (SocketClient client = socket()) {
            assertThat(client.ask(SocketClient.turn(history)).text()).hasSize(100_000);
        }
        assertThat(llm.requests().get(0).json().getJsonArray("messages").getJsonObject(0).getString("content"))
                .isEqualTo(history);
    }

    @Test
    void aMessageMayComeInFragments() {
        llm.respond(request -> Answer.text("Hello"));
        Buffer request = Buffer.buffer(SocketClient.turn("ä€😀").encode());
        try (SocketClient client = socket()) {
            client.socket().writeFrame(WebSocketFrame.textFrame(request.getString(0, 1), false));
            for (int i = 1; i < request.length() - 1; i++) {
                client.socket().writeFrame(WebSocketFrame.continuationFrame(request.getBuffer(i, i + 1), false));
            }
            client.socket().writeFrame(
                    WebSocketFrame.continuationFrame(request.getBuffer(request.length() - 1, request.length()), true));
            assertThat(client.answer().text()).isEqualTo("Hello");
        }
    }

    @Test
    void aMessageLongerThanAllowedClosesTheConnection() {
        set("quarkus.llm-gateway.max-body-size", "100K");
        try (SocketClient client = socket()) {
            client.send(SocketClient.turn("x".repeat(100 * 1024)));
            assertThat(client.awaitClose()).isEqualTo(1009);
        }
        assertThat(llm.requests()).isEmpty();
    }

    @Test
    void soDoesOneThatIsLongerInFragments() {
        set("quarkus.llm-gateway.max-body-size", "100K");
        try (SocketClient client = socket()) {
            client.socket().writeFrame(WebSocketFrame.textFrame("x".repeat(60 * 1024), false));
            client.socket().writeFrame(WebSocketFrame.continuationFrame(Buffer.buffer("x".repeat(60 * 1024)), false));
            assertThat(client.awaitClose()).isEqualTo(1009);
        }
    }

    @Test
    void oneThatIsLongOnlyWhenUnpackedDoesSo() {
        set("quarkus.llm-gateway.max-body-size", "1M");
        try (SocketClient client = SocketClient.compressing(server())) {
            client.send(SocketClient.turn("x".repeat(20 * 1024 * 1024)));
            assertThat(client.awaitClose()).isIn(1009, 1006);
        }
    }

    @Test
    void aMessageThatDoesNotEndClosesTheConnection() {
        set("quarkus.llm-gateway.body-timeout", "50ms");
        try (SocketClient client = socket()) {
            client.socket().writeFrame(WebSocketFrame.textFrame("{", false));
            assertThat(client.awaitClose()).isEqualTo(1008);
        }
    }

    @Test
    void requestsHaveRoomTogetherAndGiveItBack() {
        set("quarkus.llm-gateway.max-bodies-size", "100K");
        CompletableFuture<Void> released = new CompletableFuture<>();
        llm.enqueue(Answer.text("Hello").pauseUntil(released));
        try (SocketClient client = socket(); SocketClient other = socket()) {
            client.send(SocketClient.turn("x".repeat(60 * 1024)));
            client.awaitText("Hello");
            JsonObject error = other.send(SocketClient.turn("x".repeat(60 * 1024))).error();
            assertThat(error.getInteger("status")).isEqualTo(503);
            assertThat(error.getJsonObject("error").getString("code")).isEqualTo("overloaded");
            released.complete(null);
            client.next("response.output_text.done");
            await().until(() -> log.requests().size() == 2);
            for (int i = 0; i < 5; i++) {
                llm.enqueue(Answer.text("Hello"));
                assertThat(other.ask(SocketClient.turn("x".repeat(60 * 1024))).text()).isEqualTo("Hello");
            }
        }
    }

    @Test
    void whatIsAgreedToBeCompressedIs() {
        llm.respond(request -> Answer.text("Hel", "lo", "x".repeat(10_000)));
        try (SocketClient client = SocketClient.compressing(server())) {
            assertThat(client.headers().get("sec-websocket-extensions")).startsWith("permessage-deflate");
            for (int i = 0; i < 3; i++) {
                assertThat(client.ask(SocketClient.turn("Hi".repeat(10_000))).text()).startsWith("Hello");
            }
        }
    }

    @Test
    void whenTheGatewayShutsDownAnswersEnd() {
        CompletableFuture<Void> released = new CompletableFuture<>();
        llm.enqueue(Answer.text("Hello").pauseUntil(released).thenText("!"));
        try (SocketClient client = socket(); SocketClient idle = socket()) {
            client.send(SocketClient.turn("Hi"));
            client.awaitText("Hello");

            Future<Void> closed = server().webSockets().retire();

            assertThat(idle.awaitClose()).isEqualTo(1001);
            client.send(SocketClient.turn("other", "Hi"));
            assertThat(client.error().getJsonObject("error").getString("code")).isEqualTo("shutting_down");
            assertThat(closed.isComplete()).isFalse();
            released.complete(null);
            client.awaitText("!");
            assertThat(client.awaitClose()).isEqualTo(1001);
            await().until(closed::succeeded);
        }
    }

    @Test
    void whenTimeIsUpAnswersAreCut() {
        llm.enqueue(Answer.endless());
        try (SocketClient client = socket()) {
            client.send(SocketClient.turn("Hi"));
            client.next("response.created");
            server().webSockets().close();
            assertThat(client.awaitClose()).isEqualTo(1001);
            assertThat(llm.takeRequest().awaitOutcome()).isEqualTo(Outcome.CLIENT_CLOSED);
        }
        assertThat(log.request()).contains("outcome=client-left");
    }
}
