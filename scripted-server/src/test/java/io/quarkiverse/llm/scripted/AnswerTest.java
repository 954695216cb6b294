package io.quarkiverse.llm.scripted;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.vertx.core.json.JsonObject;

class AnswerTest {

    private static final Answer FULL = Answer.reasoning("Rain", "?").thenText("Let me ", "see")
            .thenToolCall("call_1", "weather", "{\"ci", "ty\":1}").thenToolCall("call_2", "time", "{}");

    private final ScriptedServer server = ScriptedServer.start();
    private final Client client = new Client(server);

    @AfterEach
    void close() {
        server.close();
    }

    private List<JsonObject> streamed(Answer answer) throws Exception {
        server.enqueue(answer);
        return Client.chunks(client.stream().body());
    }

    private JsonObject whole(Answer answer) throws Exception {
        server.enqueue(answer);
        return Json.object(client.whole().body());
    }

    private static JsonObject delta(JsonObject chunk) {
        return ChunkEdits.choice(chunk).getJsonObject("delta");
    }

    @Test
    void arguments_need_a_call_to_belong_to() {
        assertThatIllegalArgumentException().isThrownBy(() -> Answer.toolCall("c", "f").thenArguments(1, "{}"))
                .withMessage("There is no tool call 1 to have arguments: the answer has 1 so far, counted from 0");
    }

    @Test
    void stream_has_the_official_order() throws Exception {
        server.enqueue(Answer.text("Hel", "lo"));

        HttpResponse<String> response = client.stream();

        assertThat(response.headers().firstValue("content-type")).contains("text/event-stream");
        List<String> payloads = Client.payloads(response.body());
        assertThat(payloads.get(0)).contains("\"role\":\"assistant\"", "\"usage\":null");
        assertThat(payloads.get(1)).contains("\"delta\":{\"content\":\"Hel\"}", "\"finish_reason\":null");
        assertThat(payloads.get(2)).contains("\"delta\":{\"content\":\"lo\"}");
        assertThat(payloads.get(3)).contains("\"delta\":{}", "\"finish_reason\":\"stop\"");
        assertThat(payloads.get(4)).contains("\"choices\":[]", "\"completion_tokens\":2");
        assertThat(payloads.get(5)).isEqualTo("[DONE]");
        assertThat(payloads).hasSize(6);
    }

    @Test
    void usage_is_sent_only_on_request() throws Exception {
        server.enqueue(Answer.text("a"));

        String stream = client.post("/chat/completions", "{\"stream\":true}", BodyHandlers.ofString()).body();

        assertThat(stream).doesNotContain("usage");
    }

    @Test
    void same_answer_serves_as_one_completion() throws Exception {
        JsonObject completion = whole(FULL);

        assertThat(completion.getString("object")).isEqualTo("chat.completion");
        assertThat(completion.getString("model")).isEqualTo("m");
        JsonObject choice = ChunkEdits.choice(completion);
        assertThat(choice.getString("finish_reason")).isEqualTo("tool_calls");
        JsonObject message = choice.getJsonObject("message");
        assertThat(message.getString("content")).isEqualTo("Let me see");
        assertThat(message.getString("reasoning_content")).isEqualTo("Rain?");
        assertThat(message.getJsonArray("tool_calls").getJsonObject(0).getJsonObject("function").getString("arguments"))
                .isEqualTo("{\"city\":1}");
        assertThat(message.getJsonArray("tool_calls").getJsonObject(1).getString("id")).isEqualTo("call_2");
        assertThat(completion.getJsonObject("usage").getInteger("completion_tokens")).isEqualTo(7);
    }

    @Test
    void tool_call_begins_with_id_and_name_and_goes_on_with_fragments() throws Exception {
        List<JsonObject> chunks = streamed(Answer.toolCall("call_1", "weather", "{\"ci", "ty\":1}"));

        assertThat(Json.text(delta(chunks.get(1)))).isEqualTo("{\"tool_calls\":[{\"index\":0,\"id\":\"call_1\","
                + "\"type\":\"function\",\"function\":{\"name\":\"weather\",\"arguments\":\"\"}}]}");
        assertThat(Json.text(delta(chunks.get(2))))
                .isEqualTo("{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"{\\\"ci\"}}]}");
    }

    @Test
    void fragments_of_parallel_calls_can_interleave() throws Exception {
        List<JsonObject> chunks = streamed(Answer.toolCall("a", "x", "{").thenToolCall("b", "y", "{")
                .thenArguments(0, "}").thenArguments(1, "}"));

        assertThat(chunks.stream().flatMap(chunk -> ChunkEdits.calls(chunk).stream()).map(call -> call.getInteger("index")))
                .containsExactly(0, 0, 1, 1, 0, 1);
    }

    @Test
    void details_can_be_set() throws Exception {
        JsonObject completion = whole(Answer.reasoning("hm").thenRefusal("no").id("id-1").model("other")
                .finishReason("content_filter").usage(new Usage(5, 6, 2, 3)).reasoningField(ReasoningField.REASONING));

        assertThat(completion.getString("id")).isEqualTo("id-1");
        assertThat(completion.getString("model")).isEqualTo("other");
        assertThat(Json.text(completion)).contains("\"refusal\":\"no\"", "\"reasoning\":\"hm\"", "\"content_filter\"",
                "\"total_tokens\":11", "\"cached_tokens\":2", "\"reasoning_tokens\":3");
    }

    @Test
    void error_has_status_body_and_headers() throws Exception {
        server.enqueue(Answer.error(429, "slow down").header("Retry-After", "2"));

        HttpResponse<String> response = client.stream();

        assertThat(response.statusCode()).isEqualTo(429);
        assertThat(response.headers().firstValue("retry-after")).contains("2");
        assertThat(response.body()).contains("slow down", "rate_limit_error");
    }

    @Test
    void error_frame_ends_a_stream_and_fails_a_whole_answer() throws Exception {
        Answer failing = Answer.text("Hel").thenErrorFrame(Errors.of(500, "died")).thenText("lo");
        server.enqueue(failing, failing);

        assertThat(Client.payloads(client.stream().body())).hasSize(4).last().isEqualTo("[DONE]");
        HttpResponse<String> whole = client.whole();
        assertThat(whole.statusCode()).isEqualTo(500);
        assertThat(whole.body()).contains("died");
    }

    @Test
    void pause_holds_back_what_follows() throws Exception {
        server.enqueue(Answer.text("a").pause(Duration.ofMillis(200)).thenText("b"));
        long before = System.nanoTime();

        assertThat(Client.text(Client.chunks(client.stream().body()))).isEqualTo("ab");

        assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThan(Duration.ofMillis(190));
    }

    @Test
    void what_follows_is_held_until_the_test_lets_it_go() throws Exception {
        CompletableFuture<Void> seen = new CompletableFuture<>();
        server.enqueue(Answer.text("a").pauseUntil(seen).thenText("b"));

        try (Stream<String> stream = client.post("/chat/completions", Client.STREAM, BodyHandlers.ofLines()).body()) {
            Iterator<String> lines = stream.iterator();
            assertThat(nextText(lines)).isEqualTo("a");
            assertThat(server.takeRequest(Duration.ofSeconds(5)).outcome().toCompletableFuture()).isNotDone();

            seen.complete(null);

            assertThat(nextText(lines)).isEqualTo("b");
        }
    }

    @Test
    void a_whole_answer_is_held_too() throws Exception {
        CompletableFuture<Void> seen = new CompletableFuture<>();
        server.enqueue(Answer.text("a").pauseUntil(seen));
        CompletableFuture<Outcome> outcome = CompletableFuture.supplyAsync(() -> {
            RecordedRequest request = server.takeRequest(Duration.ofSeconds(5));
            assertThat(request.outcome().toCompletableFuture()).isNotDone();
            seen.complete(null);
            return request.awaitOutcome(Duration.ofSeconds(5));
        });

        assertThat(client.whole().body()).contains("\"content\":\"a\"");
        assertThat(outcome.get(5, TimeUnit.SECONDS)).isEqualTo(Outcome.COMPLETED);
    }

    private static String nextText(Iterator<String> lines) {
        String text = "";
        while (text.isEmpty()) {
            text = Client.text(Client.chunks(lines.next()));
        }
        return text;
    }

    @Test
    void raw_stream_goes_out_as_it_is() throws Exception {
        server.enqueue(Answer.sse("data: {\n\n:odd"));

        assertThat(client.whole().body()).isEqualTo("data: {\n\n:odd");
    }

    @Test
    void recording_is_replayed_byte_for_byte(@TempDir Path folder) throws Exception {
        byte[] bytes = "data: {\"a\":\"é\"}\r\n\r\n: x\n\ndata: [DONE]".getBytes("UTF-8");
        Path file = Files.write(folder.resolve("recorded.sse"), bytes);
        server.enqueue(Answer.replay(file), Answer.replay(file).with(Fault.splitEveryByte()));

        assertThat(client.streamBytes().body()).isEqualTo(bytes);
        assertThat(client.streamBytes().body()).isEqualTo(bytes);
    }

    @Test
    void recorded_document_has_the_json_content_type(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("recorded.json"), "{}");
        server.enqueue(Answer.replay(file));

        assertThat(client.stream().headers().firstValue("content-type")).contains("application/json");
    }
}
