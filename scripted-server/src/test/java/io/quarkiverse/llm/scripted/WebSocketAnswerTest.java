package io.quarkiverse.llm.scripted;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import io.quarkiverse.llm.scripted.SocketClient.Connection;
import io.quarkiverse.llm.scripted.grammar.ResponsesGrammar;
import io.vertx.core.json.JsonObject;

/** An answer is the same over a WebSocket as over HTTP. */
class WebSocketAnswerTest {

    private static final Answer ALL = Answer.reasoning("hm").thenText("Hel", "lo")
            .thenToolCall("a", "weather", "{\"x\"", ":1}").thenToolCall("b", "time", "{", "}").finishReason("length").id("r");

    private final ScriptedServer server = ScriptedServer.start();
    private final SocketClient client = new SocketClient(server);

    @AfterEach
    void close() {
        client.close();
        server.close();
    }

    static Stream<Answer> shapes() {
        JsonObject error = Errors.of("server_error", "server_error", "Oops");
        return Stream.of(Answer.empty(), Answer.text("Hel", "lo"), Answer.text("").thenText("äöü 🙂", "\n\n", "data: x"),
                Answer.reasoning("hm", "!").thenText("a"), Answer.toolCall("c", "add", "{\"a\"", ":1}"),
                Answer.toolCall("c", "add"),
                Answer.toolCall("c", "add", "{").thenToolCall("d", "sub", "{}").thenArguments(0, "}"),
                Answer.text("a").thenRefusal("No"), Answer.text("a").finishReason("length"), Answer.text("a").usage(3, 4),
                Answer.text("a").thenItem(new JsonObject().put("type", "web_search_call").put("status", "completed")),
                Answer.text("a").thenErrorFrame(error), Answer.empty().thenErrorFrame(error),
                Answer.text("a").pause(Duration.ofMillis(1)).thenText("b").model("other"), ALL)
                .map(answer -> answer.id("r"));
    }

    /** What differs from request to request. */
    private static List<JsonObject> undated(List<JsonObject> events) {
        events.forEach(event -> {
            if (event.getValue("response") instanceof JsonObject response) {
                response.remove("created_at");
                response.remove("completed_at");
            }
        });
        return events;
    }

    private List<JsonObject> overSocket(Answer answer, int events) {
        server.enqueue(answer);
        Connection connection = client.connect().ask(SocketClient.CREATE);
        return undated(Stream.generate(connection::event).limit(events).toList());
    }

    private List<JsonObject> overHttp(Answer answer) throws IOException {
        server.enqueue(answer);
        JsonObject body = SocketClient.create().put("stream", true);
        body.remove("type");
        return undated(Client.chunks(new Client(server).responses(Json.text(body)).body()));
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void theMessagesAreTheDataOfTheServerSentEventsAndKeepToTheGrammar(Answer answer) throws IOException {
        List<JsonObject> expected = overHttp(answer);
        List<JsonObject> events = overSocket(answer, expected.size());

        assertThat(events).isEqualTo(expected);
        assertThat(ResponsesGrammar.violations(events)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void everyDeviationIsTheSame(ResponsesDeviation deviation) throws IOException {
        List<JsonObject> expected = overHttp(ALL.with(deviation));

        assertThat(overSocket(ALL.with(deviation), expected.size())).isEqualTo(expected);
    }

    @Test
    void theTextOfAMessageIsThatOfTheEvent() throws IOException {
        server.enqueue(Answer.sse("event: a\ndata: {\"type\":\"a\",  \"n\":1.0}\n\n: comment\n\ndata:[DONE]\n\n"),
                Answer.text("b"));
        Connection connection = client.connect().ask(SocketClient.CREATE).ask(SocketClient.CREATE);

        assertThat(connection.text()).isEqualTo("{\"type\":\"a\",  \"n\":1.0}");
        assertThat(connection.event().getString("type")).isEqualTo("response.created");
    }

    @Test
    void aStreamWithAnyLineEndsIsTheSame() {
        server.enqueue(Answer.sse("data: 1\r\ndata: 2\r\n\r\ndata: 3\r\rdata: 4\n\ndata: 5"));
        Connection connection = client.connect().ask(SocketClient.CREATE);

        assertThat(Stream.generate(connection::text).limit(4)).containsExactly("1\n2", "3", "4", "5");
    }

    @Test
    void aDocumentIsOneMessage() {
        server.enqueue(Answer.json(new JsonObject().put("error", "Unexpected endpoint")));

        assertThat(client.connect().ask(SocketClient.CREATE).event()).isEqualTo(
                new JsonObject().put("error", "Unexpected endpoint"));
    }

    @Test
    void aHoldHoldsBack() {
        CompletableFuture<Void> released = new CompletableFuture<>();
        server.enqueue(Answer.text("a").pauseUntil(released).thenText("b"));
        Connection connection = client.connect().ask(SocketClient.CREATE);

        for (int i = 0; i < 5; i++) {
            connection.event();
        }
        assertThat(server.takeRequest().outcome().toCompletableFuture()).isNotDone();
        assertThat(connection.messages).isEmpty();
        released.complete(null);
        assertThat(connection.event().getString("delta")).isEqualTo("b");
    }

    @Test
    void aRecordingIsPlayedWithItsTimingWhateverItsPieces(@TempDir Path folder) throws IOException {
        String stream = "event: a\ndata: {\"type\":\"a\"}\n\nevent: b\ndata: {\"type\":\"ü\"}\n\n";
        Files.writeString(folder.resolve("request.http"), "POST http://127.0.0.1/v1/responses HTTP/1.1\n\n{}");
        Files.writeString(folder.resolve("response.http"), "HTTP/1.1 200 OK\ncontent-type: text/event-stream\n");
        Files.writeString(folder.resolve("response.sse"), stream);
        Files.writeString(folder.resolve("timing.txt"), "1.0 head\n2.0 12\n3.0 34\n4.0 " + (stream.length() + 1 - 46)
                + "\n5.0 failed connection\n");
        server.enqueue(Answer.recording(folder).withTiming());
        Connection connection = client.connect().ask(SocketClient.CREATE);

        assertThat(connection.text()).isEqualTo("{\"type\":\"a\"}");
        assertThat(connection.text()).isEqualTo("{\"type\":\"ü\"}");
        assertThat(connection.closeCode()).isEqualTo(1006);
    }

    @Test
    void anAnswerThatCannotBePlayedIsAnError() {
        server.enqueue(Answer.text("a").thenChunk(new JsonObject().put("response", new JsonObject().put("output",
                List.of("no item")))).with(ResponsesDeviation.ITEM_ID_MISSING, ResponsesDeviation.ITEMS_WITHOUT_ID));

        assertThat(client.connect().last(SocketClient.create()).getJsonObject("error").getString("message"))
                .contains("cannot be played");
    }
}
