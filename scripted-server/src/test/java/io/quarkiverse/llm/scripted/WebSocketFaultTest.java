package io.quarkiverse.llm.scripted;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.llm.scripted.SocketClient.Connection;
import io.quarkiverse.llm.scripted.grammar.ResponsesGrammar;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.WebSocketFrame;
import io.vertx.core.json.JsonObject;

/** What goes wrong over a WebSocket. */
class WebSocketFaultTest {

    private static final Answer HELLO = Answer.text("Hel", "lo");
    private static final int EVENTS = 10;

    private final ScriptedServer server = ScriptedServer.start();
    private final SocketClient client = new SocketClient(server);

    @AfterEach
    void close() {
        client.close();
        server.close();
    }

    private Connection asked(Answer answer) {
        server.enqueue(answer);
        return client.connect().ask(SocketClient.CREATE);
    }

    /** All that comes until the connection closes. */
    private static List<Object> untilClosed(Connection connection) {
        connection.closeCode();
        return new ArrayList<>(connection.messages);
    }

    private Outcome outcome() {
        return server.takeRequest().awaitOutcome();
    }

    @ParameterizedTest
    @ValueSource(ints = { 1000, 1001, 1011, 1012, 3000 })
    void theServerClosesAfterAnEventWithACode(int code) {
        Connection connection = asked(HELLO.with(Fault.closeAfterEvents(3, code)));

        assertThat(connection.closeCode()).isEqualTo(code);
        assertThat(connection.messages).hasSize(3);
        assertThat(outcome()).isEqualTo(Outcome.BROKEN_OFF);
        assertThat(server.webSockets().get(0).awaitClosed()).isEqualTo(code);
    }

    @Test
    void theServerClosesInPlaceOfAnAnswer() {
        assertThat(untilClosed(asked(HELLO.with(Fault.closeAfterEvents(0, 1011))))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = { "close-after-events:3:1006", "drop-after-events:3" })
    void theConnectionGoesAwayWithoutACloseFrame(String fault) {
        Connection connection = asked(HELLO.with(Fault.named(fault)));

        assertThat(connection.closeCode()).isEqualTo(1006);
        assertThat(connection.messages).hasSize(3);
        assertThat(outcome()).isEqualTo(Outcome.BROKEN_OFF);
    }

    @Test
    void aResetGoesAwayToo() {
        assertThat(asked(HELLO.with(Fault.resetAfterEvents(1))).closeCode()).isEqualTo(1006);
        assertThat(outcome()).isEqualTo(Outcome.BROKEN_OFF);
    }

    @Test
    void theServerClosesWhenTheAnswerIsComplete() {
        Connection connection = asked(HELLO.with(Fault.closeAtEnd(1001)));

        assertThat(connection.closeCode()).isEqualTo(1001);
        assertThat(connection.answer()).hasSize(EVENTS);
        assertThat(outcome()).isEqualTo(Outcome.COMPLETED);
    }

    @Test
    void aRequestThatWaitsIsBrokenOffWithTheConnectionAndTakesNothingFromTheScript() {
        CompletableFuture<Void> released = new CompletableFuture<>();
        server.enqueue(Answer.empty().pauseUntil(released).with(Fault.closeAtEnd(1012)), Answer.text("for the next"));
        Connection connection = client.connect().ask(SocketClient.CREATE).ask(SocketClient.CREATE);
        server.takeRequest();
        RecordedRequest waiting = server.takeRequest();
        released.complete(null);

        assertThat(connection.closeCode()).isEqualTo(1012);
        assertThat(waiting.awaitOutcome()).isEqualTo(Outcome.BROKEN_OFF);
        assertThat(client.connect().answer(SocketClient.CREATE).get(4).getString("delta")).isEqualTo("for the next");
    }

    @Test
    void anAnswerOnAnotherStreamIsBrokenOffWithTheConnection() {
        server.enqueue(Answer.endless(), HELLO.with(Fault.closeAfterEvents(2, 1001)));
        Connection connection = client.connect().ask(SocketClient.create().put("stream_id", "a"))
                .ask(SocketClient.create().put("stream_id", "b"));

        assertThat(connection.closeCode()).isEqualTo(1001);
        assertThat(outcome()).isEqualTo(Outcome.BROKEN_OFF);
        assertThat(outcome()).isEqualTo(Outcome.BROKEN_OFF);
    }

    @Test
    void anEndInGoodOrderIsACloseWith1000() {
        Connection connection = asked(HELLO.with(Fault.endAfterEvents(4)));

        assertThat(connection.closeCode()).isEqualTo(1000);
        assertThat(connection.messages).hasSize(4);
    }

    @ParameterizedTest
    @ValueSource(strings = { "drop-before-head", "reset-before-head" })
    void theConnectionGoesAwayInPlaceOfAnAnswer(String fault) {
        Connection connection = asked(HELLO.with(Fault.named(fault)));

        assertThat(connection.closeCode()).isEqualTo(1006);
        assertThat(connection.messages).isEmpty();
        assertThat(outcome()).isEqualTo(Outcome.BROKEN_OFF);
    }

    @Test
    void aStallInPlaceOfAnAnswerKeepsTheConnection() {
        Connection connection = asked(HELLO.with(Fault.stallBeforeHead()));
        ScriptedWebSocket socket = server.webSockets().get(0);

        RecordedRequest request = server.takeRequest();
        assertThat(socket.ping().toCompletableFuture()).succeedsWithin(10, java.util.concurrent.TimeUnit.SECONDS);
        assertThat(connection.messages).isEmpty();
        assertThat(request.outcome().toCompletableFuture()).isNotDone();
    }

    @Test
    void aStallAfterAnEventKeepsTheConnection() {
        Connection connection = asked(HELLO.with(Fault.stallAfterEvents(2)));
        connection.event();
        connection.event();

        assertThat(server.webSockets().get(0).ping().toCompletableFuture())
                .succeedsWithin(10, java.util.concurrent.TimeUnit.SECONDS);
        assertThat(connection.messages).isEmpty();
        connection.close();
        assertThat(outcome()).isEqualTo(Outcome.CLIENT_CLOSED);
    }

    @Test
    void aCutAfterBytesIsInsideAFrame() throws IOException {
        server.enqueue(HELLO.id("r").with(Fault.dropAfterBytes(20)));

        byte[] frames = onTheWire();

        DataInputStream in = new DataInputStream(new java.io.ByteArrayInputStream(frames));
        assertThat(in.readUnsignedByte()).as("text, the last frame").isEqualTo(0x81);
        assertThat(in.readUnsignedByte()).as("8 bytes of length").isEqualTo(127);
        long told = in.readLong();
        byte[] came = in.readAllBytes();
        assertThat(came).hasSize(20).hasSizeLessThan((int) told);
        assertThat(new String(came, StandardCharsets.UTF_8)).isEqualTo("{\"type\":\"response.cr");
        assertThat(outcome()).isEqualTo(Outcome.BROKEN_OFF);
    }

    @Test
    void aClientOfFramesGetsNothingOfACutOne() {
        assertThat(untilClosed(asked(HELLO.with(Fault.resetAfterBytes(20))))).noneMatch(String.class::isInstance);
    }

    /** The bytes after the upgrade, until the server closes. */
    private byte[] onTheWire() throws IOException {
        try (Socket socket = new Socket("127.0.0.1", server.port())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream()
                    .write(("GET /v1/responses HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                            + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n")
                            .getBytes(StandardCharsets.UTF_8));
            StringBuilder head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0) {
                head.append((char) socket.getInputStream().read());
            }
            byte[] request = SocketClient.CREATE.getBytes(StandardCharsets.UTF_8);
            ByteArrayOutputStream frame = new ByteArrayOutputStream();
            // masked with zeros
            frame.write(new byte[] { (byte) 0x81, (byte) (0x80 | request.length), 0, 0, 0, 0 });
            frame.write(request);
            socket.getOutputStream().write(frame.toByteArray());
            return socket.getInputStream().readAllBytes();
        }
    }

    @Test
    void aSplitIsContinuationFramesThatMayCutACharacter() {
        Connection connection = asked(Answer.text("Grüße").with(Fault.splitEveryByte()));

        List<JsonObject> events = connection.answer();

        assertThat(events.get(4).getString("delta")).isEqualTo("Grüße");
        await().until(() -> connection.frames.size() == server.requests().get(0).bytesWritten());
        assertThat(connection.frames).filteredOn(frame -> !frame.isContinuation()).hasSize(events.size())
                .noneMatch(WebSocketFrame::isFinal);
    }

    @Test
    void pingsComeBeforeEachFrame() {
        Connection connection = asked(HELLO.with(WebSocketFault.PINGS));

        connection.answer();

        await().until(() -> server.webSockets().get(0).pongs() == EVENTS);
    }

    @Test
    void pingsComeBetweenTheFramesOfAMessage() {
        Connection connection = asked(HELLO.with(WebSocketFault.PINGS, Fault.split(100)));

        assertThat(connection.answer()).hasSize(EVENTS);
        await().until(() -> server.webSockets().get(0).pongs() > EVENTS);
    }

    @Test
    void garbageComesInTheMiddle() {
        Connection connection = asked(HELLO.with(WebSocketFault.GARBAGE));
        connection.event();
        connection.event();

        assertThat(connection.text()).isEqualTo("{\"type\":\"response.output_text.del");
        assertThat(connection.answer()).hasSize(EVENTS - 2);
    }

    @Test
    void aBinaryMessageComesInTheMiddle() {
        Connection connection = asked(HELLO.with(WebSocketFault.BINARY_MESSAGE));
        connection.event();
        connection.event();

        assertThat(connection.take()).isEqualTo(Buffer.buffer(new byte[] { 0, 1, 2, (byte) 0xFF }));
        assertThat(connection.answer()).hasSize(EVENTS - 2);
    }

    @Test
    void anEventOfNoRequestComesBeforeTheAnswer() {
        Connection connection = asked(HELLO.with(WebSocketFault.STRAY_EVENT_BEFORE));

        assertThat(connection.event().getString("item_id")).isEqualTo("msg_of_no_request");
        assertThat(ResponsesGrammar.violations(connection.answer())).isEmpty();
    }

    @Test
    void anEventOfNoRequestComesAfterTheAnswer() {
        Connection connection = asked(HELLO.with(WebSocketFault.STRAY_EVENT_AFTER));

        assertThat(ResponsesGrammar.violations(connection.answer())).isEmpty();
        assertThat(connection.event().getString("item_id")).isEqualTo("msg_of_no_request");
    }

    @Test
    void aHugeEventComesInOneFrame() {
        Connection connection = asked(HELLO.with(Fault.hugeEvent(5_000_000)));
        connection.event();
        connection.event();

        assertThat(connection.text()).hasSize(5_000_000).startsWith("{\"type\":\"acme:padding\"");
        assertThat(connection.answer()).hasSize(EVENTS - 2);
        await().until(() -> connection.frames.size() == EVENTS + 1);
    }

    @Test
    void anOldConnectionRefusesWhatFollows() {
        server.enqueue(HELLO.id("r1").with(WebSocketFault.CONNECTION_LIMIT), Answer.text("b"));
        Connection connection = client.connect();
        connection.answer(SocketClient.CREATE);

        for (int i = 0; i < 2; i++) {
            JsonObject refused = connection.last(SocketClient.after("r1"));
            assertThat(refused.getJsonObject("error").getString("code")).isEqualTo("websocket_connection_limit_reached");
            assertThat(refused.getInteger("status")).isEqualTo(400);
        }
        assertThat(client.connect().last(SocketClient.create()).getString("type")).isEqualTo("response.completed");
    }

    @Test
    void anErrorHasFaultsToo() {
        Connection connection = asked(Answer.error(500, "Oops").with(WebSocketFault.GARBAGE, Fault.closeAtEnd(1011)));

        assertThat(connection.event().getInteger("status")).isEqualTo(500);
        assertThat(connection.text()).startsWith("{\"type\":\"response");
        assertThat(connection.closeCode()).isEqualTo(1011);
    }

    @ParameterizedTest
    @EnumSource
    void whatBelongsToHttpAloneChangesNothing(Framing framing) {
        assertThat(asked(HELLO.with(framing, Fault.contentType("text/html"))).answer()).hasSize(EVENTS)
                .last().extracting(event -> event.getString("type")).isEqualTo("response.completed");
    }

    @ParameterizedTest
    @EnumSource
    void whatBelongsToWebSocketsAloneChangesNothingOverHttp(WebSocketFault fault) throws IOException {
        server.enqueue(HELLO.with(fault).with(Fault.closeAtEnd(1001), Fault.closeAfterEvents(1, 1001), Fault.hugeEvent(9)));

        assertThat(new Client(server).events()).hasSize(EVENTS);
    }

    @Test
    void aCloseCodeIsOneOfTheProtocol() {
        assertThatIllegalArgumentException().isThrownBy(() -> Fault.closeAtEnd(999))
                .withMessage("Close codes of a WebSocket are from 1000 to 4999, not 999");
    }

    @Test
    void faultsOfTheServerApply() {
        server.faults(WebSocketFault.STRAY_EVENT_BEFORE).enqueue(HELLO);

        assertThat(client.connect().ask(SocketClient.CREATE).event().getString("delta")).isEqualTo("stray");
    }
}
