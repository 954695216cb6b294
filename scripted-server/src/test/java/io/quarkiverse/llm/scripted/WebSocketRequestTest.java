package io.quarkiverse.llm.scripted;

import static io.quarkiverse.llm.scripted.SocketClient.code;
import static io.quarkiverse.llm.scripted.SocketClient.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.llm.scripted.SocketClient.Connection;
import io.vertx.core.json.JsonObject;

/** The WebSocket mode of the Responses API: requests and their turns. */
class WebSocketRequestTest {

    private final ScriptedServer server = ScriptedServer.start();
    private final SocketClient client = new SocketClient(server);

    @AfterEach
    void close() {
        client.close();
        server.close();
    }

    private static JsonObject ofStream(String id) {
        return SocketClient.create().put("stream_id", id);
    }

    @Test
    void aMessageIsARequestOfTheSameScript() {
        server.enqueue(Answer.text("Hel", "lo"));

        assertThat(text(client.connect().answer(SocketClient.CREATE))).isEqualTo("Hello");
    }

    @Test
    void eachEventIsOneTextFrameWithItsNumberAndNothingFollowsTheLast() {
        server.enqueue(Answer.text("a"), Answer.text("b"));
        Connection connection = client.connect();

        List<JsonObject> first = connection.answer(SocketClient.CREATE);
        List<JsonObject> second = connection.answer(SocketClient.CREATE);

        assertThat(first).extracting(event -> event.getInteger("sequence_number")).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8);
        assertThat(second.get(0).getInteger("sequence_number")).isZero();
        assertThat(connection.messages).isEmpty();
        await().until(() -> connection.frames.size() == 18);
        assertThat(connection.frames).allMatch(frame -> frame.isText() && frame.isFinal());
    }

    @Test
    void aRequestIsRecordedAsThePostThatItStandsFor() {
        server.enqueue(Answer.text("a"));
        String frame = "{\"type\":\"response.create\",\"model\":\"m\",\"stream\":false,\"background\":true,\"input\":\"Grüße\"}";
        List<JsonObject> events = client.connect("/v1/responses?api-version=1").answer(frame);

        RecordedRequest request = server.takeRequest();

        assertThat(request.transport()).isEqualTo(Transport.WEBSOCKET);
        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.path()).isEqualTo("/v1/responses");
        assertThat(request.parameter("api-version")).isEqualTo("1");
        assertThat(request.api()).contains(Api.RESPONSES);
        assertThat(request.header("authorization")).isEqualTo("Bearer key");
        assertThat(request.body()).isEqualTo(frame);
        assertThat(request.bodyBytes()).isEqualTo(frame.length() + 2);
        assertThat(request.isStreaming()).isTrue();
        assertThat(request.isPipelined()).isFalse();
        assertThat(request.connection()).isEqualTo(server.webSockets().get(0).connection()).isPositive();
        assertThat(request.awaitOutcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(events.get(1).getString("type")).as("not in the background").isEqualTo("response.in_progress");
        assertThat(events.get(1).getJsonObject("response").getBoolean("background")).isFalse();
    }

    @Test
    void aRequestOverHttpSaysSo() throws Exception {
        server.enqueue(Answer.text("a"));
        new Client(server).responses(Client.STREAM);

        assertThat(server.takeRequest().transport()).isEqualTo(Transport.HTTP);
        assertThat(server.upgrades()).isEmpty();
        assertThat(server.webSockets()).isEmpty();
    }

    @Test
    void aFunctionAnswersToo() {
        server.respond(request -> Answer.text(request.json().getString("input") + " " + request.method()));

        assertThat(text(client.connect().answer(SocketClient.CREATE))).isEqualTo("Hi POST");
    }

    @Test
    void aRequestWaitsForTheAnswerToTheOneBeforeItAndIsToldApart() {
        CompletableFuture<Void> released = new CompletableFuture<>();
        server.enqueue(Answer.text("first").pauseUntil(released), Answer.text("second"));
        Connection connection = client.connect().ask(SocketClient.CREATE).ask(SocketClient.CREATE);
        RecordedRequest first = server.takeRequest();
        RecordedRequest second = server.takeRequest();

        assertThat(first.isPipelined()).isFalse();
        assertThat(second.isPipelined()).isTrue();
        assertThat(second.bytesWritten()).isZero();
        released.complete(null);
        assertThat(text(connection.answer())).isEqualTo("first");
        assertThat(text(connection.answer())).isEqualTo("second");
    }

    @Test
    void connectionsDoNotWaitForEachOther() {
        server.enqueue(Answer.text("stalled").with(Fault.stallAfterEvents(1)), Answer.text("b"));
        client.connect().ask(SocketClient.CREATE).event();

        assertThat(text(client.connect().answer(SocketClient.CREATE))).isEqualTo("b");
        assertThat(server.requests()).extracting(RecordedRequest::connection).doesNotHaveDuplicates();
    }

    @Test
    void streamsAreAnsweredAtTheSameTimeAndSayTheirId() {
        CompletableFuture<Void> released = new CompletableFuture<>();
        server.enqueue(Answer.empty().pauseUntil(released).thenText("slow"), Answer.text("fast"));
        Connection connection = client.connect().ask(ofStream("a")).ask(ofStream("b"));

        List<JsonObject> both = new ArrayList<>(connection.answer());
        released.complete(null);
        both.addAll(connection.answer());

        assertThat(both).filteredOn("map.stream_id", "b").extracting(event -> event.getString("type"))
                .last().isEqualTo("response.completed");
        assertThat(text(both.stream().filter(event -> event.getString("stream_id").equals("a")).toList())).isEqualTo("slow");
        assertThat(text(both)).isEqualTo("fastslow");
        assertThat(server.requests()).noneMatch(RecordedRequest::isPipelined);
    }

    @Test
    void aServerWithoutStreamsReadsOverTheirIds() {
        server.webSocket(WebSocketMode.accepted().withoutStreamIds()).enqueue(Answer.text("a"), Answer.text("b"));
        Connection connection = client.connect().ask(ofStream("a")).ask(ofStream("b"));

        List<JsonObject> first = connection.answer();
        assertThat(text(first)).isEqualTo("a");
        assertThat(first).noneMatch(event -> event.containsKey("stream_id"));
        assertThat(text(connection.answer())).isEqualTo("b");
    }

    @Test
    void noMoreThan32StreamsAreOnOneConnection() {
        server.respond(request -> Answer.text("a"));
        Connection connection = client.connect();
        for (int i = 0; i < 32; i++) {
            connection.last(ofStream("s" + i));
        }

        JsonObject refused = connection.last(ofStream("s32"));

        assertThat(code(refused)).isEqualTo("websocket_stream_limit_reached");
        assertThat(connection.last(ofStream("s0")).getString("type")).isEqualTo("response.completed");
        assertThat(connection.last(SocketClient.create()).getString("type")).isEqualTo("response.completed");
    }

    @Test
    void noMoreThan16ResponsesAreMadeAtOnce() {
        CompletableFuture<Void> released = new CompletableFuture<>();
        server.respond(request -> Answer.empty().pauseUntil(released).thenText("a"));
        Connection connection = client.connect();
        for (int i = 0; i < 17; i++) {
            connection.ask(ofStream("s" + i));
        }

        await().until(() -> server.requests().size() == 17 && server.requests().get(15).bytesWritten() > 0);
        assertThat(server.requests().get(16).bytesWritten()).isZero();
        released.complete(null);
        for (int i = 0; i < 17 * 9; i++) {
            connection.event();
        }
    }

    @Test
    void anErrorOfHttpIsAMessageAndTheConnectionLives() {
        server.enqueue(Answer.error(429, "Slow down").header("Retry-After", "2"), Answer.text("a"));
        Connection connection = client.connect();

        List<JsonObject> refused = connection.answer(SocketClient.CREATE);

        assertThat(refused).singleElement().isEqualTo(new JsonObject("""
                {"type":"error","status":429,"error":{"message":"Slow down","type":"rate_limit_error","param":null,"code":null},
                 "headers":{"retry-after":"2","x-request-id":"req_scripted_1"}}"""));
        assertThat(text(connection.answer(SocketClient.CREATE))).isEqualTo("a");
    }

    @Test
    void anErrorOfAStreamSaysItsId() {
        server.enqueue(Answer.error(500, "Oops"));

        assertThat(client.connect().last(ofStream("a")).getString("stream_id")).isEqualTo("a");
    }

    @Test
    void aPageIsAnErrorThatQuotesIt() {
        server.enqueue(Answer.raw("text/html", "<h1>Bad Gateway</h1>".getBytes()).status(502));

        JsonObject error = client.connect().last(SocketClient.create());

        assertThat(error.getInteger("status")).isEqualTo(502);
        assertThat(error.getJsonObject("error").getString("message")).isEqualTo("<h1>Bad Gateway</h1>");
    }

    @Test
    void nothingScriptedIsAnErrorThatSaysSo() {
        assertThat(code(client.connect().last(SocketClient.create()))).isEqualTo("not_scripted");
    }

    @Test
    void whatIsNoRequestIsRefusedAndTakesNothingFromTheScript() {
        server.enqueue(Answer.text("still there"));
        Connection connection = client.connect();

        assertThat(code(connection.answer("no JSON").get(0))).isEqualTo("invalid_json");
        assertThat(code(connection.last(new JsonObject()))).isEqualTo("unknown_event");
        assertThat(code(connection.last(new JsonObject().put("type", "response.steer")))).isEqualTo("steering_not_supported");
        assertThat(code(connection.last(ofStream("a b")))).isEqualTo("invalid_stream_id");
        SocketClient.await(connection.socket.writeBinaryMessage(SocketClient.binary(1, 2)));
        assertThat(code(connection.event())).isEqualTo("invalid_message");
        assertThat(text(connection.answer(SocketClient.CREATE))).isEqualTo("still there");
        assertThat(server.requests()).hasSize(6);
    }

    @Test
    void aWarmUpTakesNothingFromTheScriptAndCanBeGoneOnFrom() {
        server.enqueue(Answer.text("a"));
        Connection connection = client.connect();

        JsonObject ready = connection.last(SocketClient.create().put("generate", false));
        String id = ready.getJsonObject("response").getString("id");

        assertThat(ready.getString("type")).isEqualTo("response.completed");
        assertThat(ready.getJsonObject("response").getJsonArray("output")).isEmpty();
        assertThat(text(connection.ask(SocketClient.after(id)).answer())).isEqualTo("a");
        assertThat(server.requests().get(1).effectiveInput()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(ints = { 55, 56, 119, 120 })
    void aRequestRightAfterTheLastEventIsNotPipelined(int deltas) {
        server.respond(request -> Answer.text("x".repeat(deltas).split("")));
        Connection connection = client.connect();
        for (int i = 0; i < 50; i++) {
            connection.last(SocketClient.create());
        }

        assertThat(server.requests()).hasSize(50).noneMatch(RecordedRequest::isPipelined);
    }
}
