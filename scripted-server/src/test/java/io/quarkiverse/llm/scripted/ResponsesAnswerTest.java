package io.quarkiverse.llm.scripted;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.quarkiverse.llm.scripted.grammar.ResponsesGrammar;
import io.vertx.core.json.JsonObject;

/** Scripted answers in the form of the Responses API. */
class ResponsesAnswerTest {

    private static final Answer FULL = Answer.reasoning("Rain", "?").thenText("Let me ", "see")
            .thenToolCall("call_1", "weather", "{\"ci", "ty\":1}").thenToolCall("call_2", "time", "{}");

    private final ScriptedServer server = ScriptedServer.start();
    private final Client client = new Client(server);

    @AfterEach
    void close() {
        server.close();
    }

    private static List<String> types(List<JsonObject> events) {
        return events.stream().map(EventEdits::type).map(type -> type.replaceFirst("^response\\.", "")).toList();
    }

    private JsonObject whole(String request, Answer answer) throws Exception {
        server.enqueue(answer);
        return Json.object(client.responses(request).body());
    }

    static Stream<Answer> answers() {
        return Stream.of(Answer.empty(), Answer.text("a"), Answer.text(""), FULL, Answer.text("a").thenRefusal("no", "!"),
                Answer.text("a").thenReasoning("b").thenText("c"), FULL.finishReason("length"),
                Answer.toolCall("a", "x", "{").thenToolCall("b", "y", "{").thenArguments(0, "}").thenArguments(1, "}"),
                Answer.toolCall("a", "x"));
    }

    @ParameterizedTest
    @MethodSource("answers")
    void everyStreamKeepsToTheGrammar(Answer answer) throws Exception {
        server.enqueue(answer);

        assertThat(ResponsesGrammar.violationsOfCarefulServer(client.events())).isEmpty();
    }

    @Test
    void aStreamHasTheOfficialOrder() throws Exception {
        server.enqueue(FULL);

        HttpResponse<String> response = client.responses(Client.STREAM);

        assertThat(response.headers().firstValue("content-type")).contains("text/event-stream");
        assertThat(types(Client.chunks(response.body()))).containsExactly("created", "in_progress",
                "output_item.added", "reasoning_summary_part.added", "reasoning_summary_text.delta",
                "reasoning_summary_text.delta", "reasoning_summary_text.done", "reasoning_summary_part.done",
                "output_item.done",
                "output_item.added", "content_part.added", "output_text.delta", "output_text.delta", "output_text.done",
                "content_part.done", "output_item.done",
                "output_item.added", "function_call_arguments.delta", "function_call_arguments.delta",
                "function_call_arguments.done", "output_item.done",
                "output_item.added", "function_call_arguments.delta", "function_call_arguments.done", "output_item.done",
                "completed");
    }

    @Test
    void eachEventIsNamedBeforeItsDataAndNothingFollowsTheLast() throws Exception {
        server.enqueue(Answer.text("Hi"));

        String stream = client.responses(Client.STREAM).body();

        assertThat(stream).startsWith("event: response.created\ndata: {\"type\":\"response.created\"").endsWith("\n\n")
                .doesNotContain("[DONE]");
        assertThat(stream.split("\n\n")).allMatch(event -> event.matches("event: (\\S+)\ndata: \\{\"type\":\"\\1\".*"));
    }

    @Test
    void eventsHaveTheOfficialFields() throws Exception {
        server.enqueue(Answer.text("Hi"));

        List<JsonObject> events = client.events();

        String id = events.get(2).getJsonObject("item").getString("id");
        assertThat(id).startsWith("msg_");
        assertThat(Json.text(events.get(2))).isEqualTo("{\"type\":\"response.output_item.added\",\"sequence_number\":2,"
                + "\"output_index\":0,\"item\":{\"id\":\"" + id
                + "\",\"type\":\"message\",\"status\":\"in_progress\",\"content\":[],\"role\":\"assistant\"}}");
        assertThat(Json.text(events.get(4))).isEqualTo("{\"type\":\"response.output_text.delta\",\"sequence_number\":4,"
                + "\"item_id\":\"" + id + "\",\"output_index\":0,\"content_index\":0,\"delta\":\"Hi\",\"logprobs\":[]}");
        assertThat(Json.text(events.get(7).getJsonObject("item"))).isEqualTo("{\"id\":\"" + id + "\",\"type\":\"message\","
                + "\"status\":\"completed\",\"content\":[{\"type\":\"output_text\",\"annotations\":[],\"logprobs\":[],"
                + "\"text\":\"Hi\"}],\"role\":\"assistant\"}");
    }

    @Test
    void aResponseSaysBackWhatWasAskedFor() throws Exception {
        JsonObject response = whole("""
                {"model":"m","input":"Hi","instructions":"Be brief","temperature":0.5,"metadata":{"a":"b"},
                 "reasoning":{"effort":"low"},"text":{"verbosity":"low"},"tool_choice":"required","store":false,
                 "tools":[{"type":"function","name":"f"},{"type":"web_search"}]}""", FULL.usage(new Usage(5, 6, 2, 3)));

        assertThat(response.getString("object")).isEqualTo("response");
        assertThat(response.getString("model")).isEqualTo("m");
        assertThat(response.getString("status")).isEqualTo("completed");
        assertThat(response.getString("instructions")).isEqualTo("Be brief");
        assertThat(response.getDouble("temperature")).isEqualTo(0.5);
        assertThat(response.getBoolean("store")).isFalse();
        assertThat(Json.text(response)).contains("\"metadata\":{\"a\":\"b\"}",
                "\"reasoning\":{\"effort\":\"low\",\"summary\":null}",
                "\"text\":{\"format\":{\"type\":\"text\"},\"verbosity\":\"low\"}",
                "\"tools\":[{\"description\":null,\"parameters\":null,\"strict\":true,\"type\":\"function\",\"name\":\"f\"},"
                        + "{\"type\":\"web_search\"}]",
                "\"usage\":{\"input_tokens\":5,\"input_tokens_details\":{\"cached_tokens\":2,\"cache_write_tokens\":0},"
                        + "\"output_tokens\":6,\"output_tokens_details\":{\"reasoning_tokens\":3},\"total_tokens\":11}");
        assertThat(response.getJsonArray("output").stream().map(item -> ((JsonObject) item).getString("type")))
                .containsExactly("reasoning", "message", "function_call", "function_call");
    }

    @Test
    void aWholeResponseIsWhatItsStreamEndsWith() throws Exception {
        server.enqueue(FULL.id("resp_1"));

        JsonObject streamed = Client.chunks(client.responses(Client.STREAM).body()).get(25).getJsonObject("response");
        JsonObject whole = whole(Client.WHOLE, FULL.id("resp_1"));

        whole.put("created_at", streamed.getValue("created_at")).put("completed_at", streamed.getValue("completed_at"));
        assertThat(whole).isEqualTo(streamed);
    }

    @Test
    void aCutAnswerIsIncompleteAndSoIsItsLastItem() throws Exception {
        JsonObject response = whole(Client.WHOLE, Answer.text("a").thenToolCall("c", "f", "{\"a").finishReason("length"));

        assertThat(response.getString("status")).isEqualTo("incomplete");
        assertThat(response.getJsonObject("incomplete_details").getString("reason")).isEqualTo("max_output_tokens");
        assertThat(response.getJsonArray("output").stream().map(item -> ((JsonObject) item).getString("status")))
                .containsExactly("completed", "incomplete");
    }

    @Test
    void argumentsOfAnEarlierCallStandWithThatCall() {
        List<JsonObject> events = Answer.toolCall("a", "x", "{").thenToolCall("b", "y", "[").thenArguments(0, "}").events();

        assertThat(events.stream().filter(EventEdits::isDelta).map(event -> event.getString("delta")))
                .containsExactly("{", "}", "[");
    }

    @Test
    void anErrorFrameBecomesTheTwoOfficialEvents() throws Exception {
        Answer failing = Answer.text("Hel").thenErrorFrame(Errors.of("server_error", "engine_dead", "died"))
                .thenText("lo");
        server.enqueue(failing, failing);

        List<JsonObject> events = client.events();

        assertThat(types(events)).endsWith("output_text.delta", "error", "failed");
        assertThat(events.get(5).getJsonObject("error").getString("message")).isEqualTo("died");
        assertThat(Json.text(events.get(6).getJsonObject("response").getJsonObject("error")))
                .isEqualTo("{\"code\":\"engine_dead\",\"message\":\"died\"}");
        assertThat(client.responses(Client.WHOLE).statusCode()).isEqualTo(500);
    }

    @Test
    void aFrameOfAnotherShapeGoesOutAsItIs() {
        JsonObject flat = new JsonObject().put("type", "error").put("message", "died");

        assertThat(Answer.text("Hel").thenErrorFrame(flat).events()).last().isEqualTo(flat);
    }

    @Test
    void itemsOfHostedToolsAndTheirEventsAreSentAsTheyAre() {
        JsonObject item = new JsonObject().put("id", "ws_1").put("type", "web_search_call").put("status", "completed");
        JsonObject searching = new JsonObject().put("type", "response.web_search_call.searching").put("item_id", "ws_1");
        Answer answer = Answer.empty().thenItem(item).thenChunk(searching).thenText("Found.");

        List<JsonObject> events = answer.events();

        assertThat(events.get(2).getJsonObject("item").getString("status")).isEqualTo("in_progress");
        assertThat(events.get(3)).isEqualTo(searching);
        assertThat(events.get(4).getJsonObject("item")).isEqualTo(item);
        assertThat(answer.chunks()).noneMatch(chunk -> chunk.encode().contains("ws_1\",\"type\":\"web_search_call"));
    }

    @Test
    void whatFollowsIsHeldUntilTheTestLetsItGo() throws Exception {
        CompletableFuture<Void> seen = new CompletableFuture<>();
        server.enqueue(Answer.text("a").pauseUntil(seen).thenText("b"));

        try (Stream<String> stream = client.post("/responses", Client.STREAM, BodyHandlers.ofLines()).body()) {
            Iterator<String> lines = stream.iterator();
            assertThat(nextDelta(lines)).isEqualTo("a");
            assertThat(server.takeRequest(Duration.ofSeconds(5)).outcome().toCompletableFuture()).isNotDone();

            seen.complete(null);

            assertThat(nextDelta(lines)).isEqualTo("b");
        }
    }

    private static String nextDelta(Iterator<String> lines) {
        while (true) {
            List<JsonObject> events = Client.chunks(lines.next());
            if (!events.isEmpty() && EventEdits.isDelta(events.get(0))) {
                return events.get(0).getString("delta");
            }
        }
    }

    @Test
    void anEndlessAnswerIsNumberedOnAndOn() throws Exception {
        server.enqueue(Answer.endless("la"));

        try (Stream<String> stream = client.post("/responses", Client.STREAM, BodyHandlers.ofLines()).body()) {
            List<JsonObject> events = Client.chunks(String.join("\n", stream.limit(60).toList()));

            assertThat(events).hasSize(20).last().satisfies(event -> {
                assertThat(event.getInteger("sequence_number")).isEqualTo(19);
                assertThat(event.getString("delta")).isEqualTo("la");
            });
        }
    }

    @Test
    void rawAnswersAreForEveryPath() throws Exception {
        server.enqueue(Answer.sse("event: x\ndata: {}\n\n"));

        assertThat(client.responses(Client.STREAM).body()).isEqualTo("event: x\ndata: {}\n\n");
    }

    @Test
    void framingIsOfThisApi() throws Exception {
        server.enqueue(Answer.text("a").with(Framing.DONE), Answer.text("a").with(Framing.NO_EVENT_LINE),
                Answer.text("a").with(Framing.TYPE_IN_EVENT_LINE_ONLY), Answer.text("a").with(Framing.EXTRA_FIELDS));

        assertThat(client.responses(Client.STREAM).body()).endsWith("}\n\ndata: [DONE]\n\n");
        assertThat(client.responses(Client.STREAM).body()).doesNotContain("event:");
        assertThat(client.responses(Client.STREAM).body())
                .startsWith("event: response.created\ndata: {\"sequence_number\":0,\"response\":");
        assertThat(client.responses(Client.STREAM).body()).startsWith("event: response.created\nid: 0\nretry: 3000\ndata: {");
    }

    @Test
    void aRequestTellsItsApiAndWhatItHolds() throws Exception {
        server.respond(request -> Answer.text("a"));
        client.responses("""
                {"input":[{"role":"user","content":"Hi"},{"type":"item_reference","id":"x"}],"instructions":"Be brief",
                 "tools":[{"type":"function","name":"f"}]}""");
        client.responses("{\"input\":\"Hi\"}");
        client.whole();
        client.post("/elsewhere", "{\"input\":[]}", BodyHandlers.ofString());
        client.get("/models");

        RecordedRequest request = server.takeRequest();
        assertThat(request.api()).contains(Api.RESPONSES);
        assertThat(request.inputItems()).extracting(item -> item.getValue("id")).containsExactly(null, "x");
        assertThat(request.instructions()).contains("Be brief");
        assertThat(request.tools()).containsExactly(new JsonObject().put("type", "function").put("name", "f"));
        assertThat(server.takeRequest().inputItems())
                .containsExactly(new JsonObject("{\"type\":\"message\",\"role\":\"user\",\"content\":\"Hi\"}"));
        assertThat(server.takeRequest().api()).contains(Api.CHAT_COMPLETIONS);
        assertThat(server.takeRequest().api()).contains(Api.RESPONSES);
        assertThat(server.takeRequest().api()).isEmpty();
    }
}
