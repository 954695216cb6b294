package io.quarkiverse.llm.gateway.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;

import io.quarkiverse.llm.gateway.runtime.http.RawClient.Head;
import io.quarkiverse.llm.gateway.runtime.http.SoakModel.Deed;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/**
 * One well-behaved client of a soak: it keeps its connection, and each of its turns must be answered in full, in a legal form
 * and with the marks of its own conversation alone.
 */
final class SoakClient implements AutoCloseable {

    private static final List<String> MODELS = List.of("scripted", "native/native-model");
    private static final List<Deed> WAYS = List.of(Deed.ANSWER, Deed.ANSWER, Deed.ANSWER, Deed.THINK, Deed.PAUSE);
    private static final List<Deed> FAILURES = List.copyOf(EnumSet.range(Deed.REFUSE, Deed.END_WITHIN));
    private static final int SMALL = 8 * 1024;

    /**
     * What came back.
     *
     * @param body of a stream without its chunks
     */
    record Reply(Head head, byte[] body) {

        boolean isStream() {
            return head.headers().getOrDefault("content-type", "").startsWith("text/event-stream");
        }

        JsonObject json() {
            return new JsonObject(new String(body, StandardCharsets.UTF_8));
        }
    }

    private final GatewayServer server;
    private final int number;
    private final Random random;
    private int marks;
    private RawClient connection;

    SoakClient(GatewayServer server, int number, Random random) {
        this.server = server;
        this.number = number;
        this.random = random;
    }

    /** One that no other request has. */
    String mark() {
        return "#" + number + "-" + marks++ + "#";
    }

    String model() {
        return MODELS.get(random.nextInt(MODELS.size()));
    }

    JsonObject response(String mark, Deed deed) {
        return Requests.response(SoakModel.prompt(mark, deed)).put("model", model()).put("stream", random.nextBoolean());
    }

    JsonObject chat(String mark, Deed deed) {
        JsonObject chat = Requests.chat(SoakModel.prompt(mark, deed)).put("model", model()).put("stream", random.nextBoolean());
        return chat.getBoolean("stream") && random.nextBoolean()
                ? chat.put("stream_options", new JsonObject().put("include_usage", true))
                : chat;
    }

    /** A turn on its own over the Responses API, stored or not or as is usual. */
    void responsesTurn() {
        String mark = mark();
        Deed deed = WAYS.get(random.nextInt(WAYS.size()));
        JsonObject request = response(mark, deed);
        if (random.nextBoolean()) {
            request.put("store", random.nextBoolean());
        }
        assertTurn(mark, List.of(mark), deed, turn(response(request)));
    }

    /** A turn over Chat Completions. */
    void chatTurn() {
        String mark = mark();
        Deed deed = WAYS.get(random.nextInt(WAYS.size()));
        JsonObject request = chat(mark, deed);
        Reply reply = exchange("/v1/chat/completions", request);
        assertThat(reply.head().status()).as(() -> new String(reply.body(), StandardCharsets.UTF_8)).isEqualTo(200);
        boolean usage = request.containsKey("stream_options");
        Turn turn = reply.isStream() ? Turn.ofChunks(CheckedStream.chat(reply.body(), usage).events())
                : Turn.ofCompletion(reply.json());
        assertTurn(mark, List.of(mark), deed, turn);
    }

    /** A conversation that only says what is new, with a call of a tool somewhere. */
    void conversation() {
        List<String> said = new ArrayList<>();
        JsonArray tools = new JsonArray().add(Requests.function("lookup"));
        int turns = 2 + random.nextInt(3);
        int call = random.nextInt(turns + 1);
        JsonObject before = null;
        for (int i = 0; i < turns; i++) {
            said.add(mark());
            String mark = said.get(i);
            Deed deed = i == call ? Deed.CALL : Deed.ANSWER;
            JsonObject request = response(mark, deed).put("tools", tools);
            if (before != null) {
                request.put("previous_response_id", before.getString("id"));
            }
            if (i == call + 1) {
                request.put("input", new JsonArray().add(new JsonObject().put("type", "function_call_output")
                        .put("call_id", "call_" + said.get(call).replace("#", "")).put("output", "sunny")).add(new JsonObject()
                                .put("role", "user").put("content", SoakModel.prompt(mark, deed))));
            }
            before = response(request);
            assertTurn(mark, said, deed, turn(before));
        }
    }

    /** A long answer that is read bit by bit, through a small window. */
    void slowReader() {
        String mark = mark();
        try (RawClient slow = new RawClient(server.root(), SMALL)) {
            JsonObject request = response(mark, Deed.TALK).put("stream", true);
            slow.ask(request);
            assertThat(slow.head().status()).isEqualTo(200);
            StringBuilder stream = new StringBuilder();
            for (String chunk = slow.chunk(); !chunk.isEmpty(); chunk = slow.chunk()) {
                stream.append(chunk);
                Thread.yield();
            }
            CheckedStream checked = CheckedStream.responses(RawClient.utf8(stream.toString()));
            assertTurn(mark, List.of(mark), Deed.TALK, Turn.ofResponse(checked.response()));
        }
    }

    /** The provider fails, and it is said so: with a status of its own, or within the stream. */
    void failingProvider() {
        String mark = mark();
        Deed deed = FAILURES.get(random.nextInt(FAILURES.size()));
        boolean chat = random.nextBoolean();
        Reply reply = chat ? exchange("/v1/chat/completions", chat(mark, deed))
                : exchange("/v1/responses", response(mark, deed));
        if (reply.isStream()) {
            assertThat(reply.head().status()).isEqualTo(200);
            CheckedStream stream = chat ? CheckedStream.of(reply.body()) : CheckedStream.responses(reply.body());
            assertThat(stream.last().encode()).contains("error").doesNotContain("response.completed");
        } else {
            assertThat(reply.head().status()).as(() -> deed + " " + new String(reply.body(), StandardCharsets.UTF_8))
                    .isIn(deed == Deed.REFUSE ? List.of(429) : List.of(500, 502, 503));
            assertThat(reply.json().getJsonObject("error").getString("message")).isNotBlank();
        }
        assertThat(new String(reply.body(), StandardCharsets.UTF_8).replace(mark, "")).doesNotContainPattern("#[0-9]+-[0-9]+#");
    }

    /** Bad JSON, and what is none of the API. */
    void badRequest() {
        byte[] good = RawClient.utf8(response(mark(), Deed.ANSWER).encode());
        byte[] bad = switch (random.nextInt(4)) {
            case 0 -> Arrays.copyOf(good, 1 + random.nextInt(good.length - 1));
            case 1 -> RawClient.utf8(new JsonObject().put("model", 7).put("input", new JsonObject()).encode());
            case 2 -> RawClient.utf8("[]");
            default -> RawClient.utf8("{\"input\":\"" + "[".repeat(200) + "\",\"stream\":\"yes\"}");
        };
        Reply reply = exchange("/v1/responses", bad);
        assertThat(reply.head().status()).isEqualTo(400);
        assertThat(reply.json().getJsonObject("error").getString("type")).isEqualTo("invalid_request_error");
    }

    void unknownModel() {
        Reply reply = exchange("/v1/responses", response(mark(), Deed.ANSWER).put("model", "nobody/" + mark()));
        assertThat(reply.head().status()).isEqualTo(404);
    }

    void unknownResponse() {
        Reply reply = exchange("/v1/responses", response(mark(), Deed.ANSWER).put("previous_response_id", "resp_" + number));
        assertThat(reply.head().status()).isEqualTo(400);
        assertThat(reply.json().getJsonObject("error").getString("code")).isEqualTo("previous_response_not_found");
    }

    static void assertTurn(String mark, List<String> said, Deed deed, Turn turn) {
        if (deed == Deed.CALL) {
            assertThat(turn.calls()).containsExactly(
                    new Turn.Call("call_" + mark.replace("#", ""), "lookup", SoakModel.arguments(mark)));
            return;
        }
        assertThat(turn.text()).isEqualTo(SoakModel.text(said, deed));
        assertThat(turn.reasoning()).isEqualTo(deed == Deed.THINK ? SoakModel.reasoning(mark) : "");
    }

    private static Turn turn(JsonObject response) {
        assertThat(response.getString("status")).isEqualTo("completed");
        return Turn.ofResponse(response);
    }

    /** The resource, however it came. */
    private JsonObject response(JsonObject request) {
        Reply reply = exchange("/v1/responses", request);
        assertThat(reply.head().status()).as(() -> new String(reply.body(), StandardCharsets.UTF_8)).isEqualTo(200);
        assertThat(reply.isStream()).isEqualTo(request.getBoolean("stream"));
        return reply.isStream() ? CheckedStream.responses(reply.body()).response() : reply.json();
    }

    Reply exchange(String path, JsonObject request) {
        return exchange(path, RawClient.utf8(request.encode()));
    }

    private Reply exchange(String path, byte[] body) {
        return reply(connection().post(path, body));
    }

    /** Without a body. */
    Reply exchange(String method, String path) {
        return reply(connection().send(method + " " + path + " HTTP/1.1\r\nhost: gateway\r\ncontent-length: 0\r\n\r\n"));
    }

    private RawClient connection() {
        if (connection == null) {
            connection = RawClient.of(server);
        }
        return connection;
    }

    private Reply reply(RawClient asked) {
        Head head = asked.head();
        Reply reply = new Reply(head, RawClient.utf8(head.headers().containsKey("content-length")
                ? connection.document(head).encode()
                : String.join("", connection.chunks())));
        if ("close".equals(head.headers().get("connection"))) {
            close();
        }
        return reply;
    }

    @Override
    public void close() {
        if (connection != null) {
            connection.close();
            connection = null;
        }
    }
}
