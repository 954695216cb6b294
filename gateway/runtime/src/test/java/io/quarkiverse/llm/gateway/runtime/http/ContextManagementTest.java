package io.quarkiverse.llm.gateway.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.Test;

import io.quarkiverse.llm.gateway.runtime.http.GatewayClient.Answered;
import io.quarkiverse.llm.scripted.Answer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** Conversations that are made shorter when they become longer than the client wants. */
class ContextManagementTest extends GatewayFixture {

    private static final String LONG = "I am Ada. " + "This is long. ".repeat(100);

    private static JsonArray above(int tokens) {
        return new JsonArray().add(new JsonObject().put("type", "compaction").put("compact_threshold", tokens));
    }

    private static JsonObject managed(String input, boolean stream) {
        return Requests.response(input).put("stream", stream).put("context_management", above(200));
    }

    private JsonObject asked(JsonObject request) {
        Answered answered = gateway().responses(request);
        assertThat(answered.status()).as(answered.text()).isEqualTo(200);
        return request.getBoolean("stream") ? answered.stream().response() : answered.json();
    }

    private String begun() {
        llm.enqueue(Answer.text("Hello Ada"));
        String id = asked(Requests.response(LONG)).getString("id");
        llm.takeRequest();
        return id;
    }

    private List<String> texts() {
        return llm.takeRequest().json().getJsonArray("messages").stream()
                .map(message -> ((JsonObject) message).getString("content")).toList();
    }

    private static List<String> types(JsonObject response) {
        return response.getJsonArray("output").stream().map(item -> ((JsonObject) item).getString("type")).toList();
    }

    @Test
    void theConversationBeforeTheRequestIsMadeShorterAndTheNextTurnGoesOnFromThere() {
        for (boolean stream : new boolean[] { true, false }) {
            String id = begun();
            llm.enqueue(Answer.text("- Ada is the user").usage(300, 20));
            llm.enqueue(Answer.text("You are Ada").usage(50, 4));
            llm.enqueue(Answer.text("Still Ada"));

            JsonObject response = asked(managed("Who am I?", stream).put("previous_response_id", id));

            assertThat(types(response)).containsExactly("compaction", "message");
            assertThat(response.getJsonArray("output").getJsonObject(0).getString("id")).startsWith("cmp_");
            assertThat(response.getJsonObject("usage").getInteger("input_tokens")).isEqualTo(350);
            assertThat(response.getJsonObject("usage").getInteger("output_tokens")).isEqualTo(24);
            JsonObject summary = llm.takeRequest().json();
            assertThat(summary.getJsonArray("messages").getJsonObject(1).getString("content")).contains(LONG, "Hello Ada")
                    .doesNotContain("Who am I?");
            JsonObject shorter = llm.takeRequest().json();
            assertThat(shorter.containsKey("context_management")).isFalse();
            JsonArray messages = shorter.getJsonArray("messages");
            assertThat(messages).hasSize(2);
            assertThat(messages.getJsonObject(0).getString("content")).contains("- Ada is the user").doesNotContain(LONG);
            assertThat(messages.getJsonObject(1).getString("content")).isEqualTo("Who am I?");

            asked(Requests.response("And now?").put("previous_response_id", response.getString("id")));

            List<String> next = texts();
            assertThat(next.get(0)).isEqualTo(messages.getJsonObject(0).getString("content"));
            assertThat(next.subList(1, 4)).containsExactly("Who am I?", "You are Ada", "And now?");
            assertThat(next).hasSize(4);
        }
    }

    @Test
    void aClientThatKeepsTheConversationItselfCanLeaveOutWhatTheItemStandsFor() {
        JsonArray conversation = new JsonArray().add(new JsonObject().put("role", "developer").put("content", "Be kind"))
                .add(new JsonObject().put("role", "user").put("content", LONG))
                .add(new JsonObject().put("role", "assistant").put("content", "Hello Ada"))
                .add(new JsonObject().put("role", "user").put("content", "Who am I?"));
        llm.enqueue(Answer.text("- Ada is the user"));
        llm.enqueue(Answer.text("You are Ada"));
        JsonObject response = asked(managed("", true).put("store", false).put("input", conversation));
        llm.takeRequest();
        List<String> shorter = texts();
        assertThat(shorter).hasSize(3).startsWith("Be kind").endsWith("Who am I?");

        JsonArray output = response.getJsonArray("output");
        JsonObject next = new JsonObject().put("role", "user").put("content", "And now?");
        for (JsonArray input : List.of(conversation.copy().addAll(output).add(next), output.copy().add(next))) {
            llm.enqueue(Answer.text("Still Ada"));
            asked(Requests.response("").put("input", input));
            List<String> sent = texts();
            assertThat(sent.subList(0, 3)).isEqualTo(shorter);
            assertThat(sent.subList(3, 5)).containsExactly("You are Ada", "And now?");
        }
    }

    @Test
    void aCallAndItsOutputStayTogether() {
        llm.enqueue(Answer.toolCall("call_1", "weather", "{}"));
        JsonArray tools = new JsonArray().add(Requests.function("weather"));
        String id = asked(Requests.response(LONG).put("tools", tools)).getString("id");
        llm.takeRequest();
        llm.enqueue(Answer.text("- the weather is asked for"));
        llm.enqueue(Answer.toolCall("call_2", "weather", "{}"));
        JsonArray output = new JsonArray().add(new JsonObject().put("type", "function_call_output").put("call_id", "call_1")
                .put("output", "sunny"));

        JsonObject response = asked(managed("", true).put("previous_response_id", id).put("input", output).put("tools", tools));

        assertThat(types(response)).containsExactly("compaction", "function_call");
        llm.takeRequest();
        JsonArray messages = llm.takeRequest().json().getJsonArray("messages");
        int size = messages.size();
        assertThat(messages.getJsonObject(size - 1)).isEqualTo(new JsonObject().put("role", "tool")
                .put("tool_call_id", "call_1").put("content", "sunny"));
        assertThat(messages.getJsonObject(size - 2).getJsonArray("tool_calls")).hasSize(1);
        // what the user has asked for is still to be done
        assertThat(messages.getJsonObject(size - 3).getString("content")).isEqualTo(LONG);
    }

    @Test
    void whatIsShortEnoughStaysAsItIs() {
        String id = begun();
        llm.enqueue(Answer.text("You are Ada"));

        JsonObject response = asked(managed("Who am I?", true).put("previous_response_id", id)
                .put("context_management", above(2_000)));

        assertThat(types(response)).containsExactly("message");
        assertThat(texts()).containsExactly(LONG, "Hello Ada", "Who am I?");
    }

    @Test
    void withoutASummaryItGoesOnAsItIs() {
        for (boolean stream : new boolean[] { true, false }) {
            for (Answer none : List.of(Answer.error(400, "No"), Answer.text("half").finishReason("length"), Answer.text(" "))) {
                String id = begun();
                llm.enqueue(none);
                llm.enqueue(Answer.text("You are Ada"));

                Answered answered = gateway().responses(managed("Who am I?", stream).put("previous_response_id", id));

                JsonObject response = stream ? answered.stream().response() : answered.json();
                assertThat(types(response)).containsExactly("message");
                assertThat(answered.header(HttpExchange.WARNING)).contains("context_management", "not made shorter");
                llm.takeRequest();
                assertThat(texts()).containsExactly(LONG, "Hello Ada", "Who am I?");
            }
        }
    }

    @Test
    void aClientThatWaitsForTheSummaryGetsSignsOfLife() {
        set("quarkus.llm-gateway.commit-after", "50ms");
        set("quarkus.llm-gateway.keep-alive", "100ms");
        String id = begun();
        CompletableFuture<Void> written = new CompletableFuture<>();
        llm.enqueue(Answer.empty().pauseUntil(written).thenText("- Ada is the user"));
        llm.enqueue(Answer.text("You are Ada"));
        try (RawClient client = raw().ask(managed("Who am I?", true).put("previous_response_id", id))) {
            assertThat(client.head().status()).isEqualTo(200);
            String stream = client.chunk() + client.chunk();
            assertThat(CheckedStream.of(RawClient.utf8(stream)).types()).containsExactly("response.created",
                    "response.in_progress", "response.in_progress");
            written.complete(null);

            CheckedStream whole = CheckedStream.responses(RawClient.utf8(stream + String.join("", client.chunks())));

            assertThat(types(whole.response())).containsExactly("compaction", "message");
            assertThat(whole.events().stream().filter(event -> event.getString("type").equals("response.output_item.added"))
                    .map(event -> event.getInteger("output_index"))).containsExactly(0, 1);
        }
    }

    @Test
    void aSummaryThatFailsWhenTheAnswerHasBegunIsForTheLog() {
        set("quarkus.llm-gateway.commit-after", "50ms");
        String id = begun();
        CompletableFuture<Void> written = new CompletableFuture<>();
        llm.enqueue(Answer.empty().pauseUntil(written).thenErrorFrame(new JsonObject().put("error",
                new JsonObject().put("message", "No more").put("type", "server_error"))));
        llm.enqueue(Answer.text("You are Ada"));
        try (RawClient client = raw().ask(managed("Who am I?", true).put("previous_response_id", id))) {
            client.head();
            String begun = client.chunk();
            written.complete(null);

            CheckedStream whole = CheckedStream.responses(RawClient.utf8(begun + String.join("", client.chunks())));

            assertThat(whole.text()).isEqualTo("You are Ada");
            await().untilAsserted(() -> assertThat(log.lines()).anyMatch(line -> line.contains("was not made shorter")));
        }
    }

    @Test
    void aConversationIsGoneOnWithFromItsCompaction() {
        String conversation = gateway().post("/v1/conversations", "{}").json().getString("id");
        llm.enqueue(Answer.text("Hello Ada"));
        llm.enqueue(Answer.text("- Ada is the user"));
        llm.enqueue(Answer.text("You are Ada"));
        llm.enqueue(Answer.text("Still Ada"));
        asked(Requests.response(LONG).put("conversation", conversation));
        asked(managed("Who am I?", true).put("conversation", conversation));
        asked(Requests.response("And now?").put("conversation", conversation));
        llm.takeRequest();
        llm.takeRequest();
        llm.takeRequest();

        List<String> sent = texts();

        assertThat(sent.get(0)).contains("- Ada is the user");
        assertThat(sent.subList(1, 4)).containsExactly("Who am I?", "You are Ada", "And now?");
    }

    @Test
    void anAnswerThatFailsFailsAsAnyOther() {
        String id = begun();
        llm.enqueue(Answer.text("- Ada is the user"));
        llm.enqueue(Answer.error(429, "Later"));

        assertThat(gateway().responses(managed("Who am I?", true).put("previous_response_id", id)).status()).isEqualTo(429);
    }

    @Test
    void aProviderOfTheResponsesApiIsNotAskedToDoItOnceMore() {
        llm.enqueue(Answer.text("Hello Ada"));
        String id = asked(Requests.response(LONG).put("model", "native/m")).getString("id");
        llm.enqueue(Answer.text("- Ada is the user"));
        llm.enqueue(Answer.reasoning("Hm").thenText("You are Ada"));

        JsonObject response = asked(managed("Who am I?", true).put("model", "native/m").put("previous_response_id", id));

        assertThat(types(response)).containsExactly("compaction", "reasoning", "message");
        llm.takeRequest();
        JsonObject summary = llm.takeRequest().json();
        assertThat(summary.getBoolean("store")).isFalse();
        JsonObject shorter = llm.takeRequest().json();
        assertThat(shorter.containsKey("context_management")).isFalse();
        assertThat(shorter.getJsonArray("input")).hasSize(2);
    }

    @Test
    void withoutAStoreItIsDoneAllTheSame() {
        set("quarkus.llm-gateway.store.enabled", "false");
        llm.enqueue(Answer.text("- Ada is the user"));
        llm.enqueue(Answer.text("You are Ada"));

        JsonObject response = asked(managed("", true).put("input", new JsonArray()
                .add(new JsonObject().put("role", "user").put("content", LONG))
                .add(new JsonObject().put("role", "assistant").put("content", "Hello Ada"))
                .add(new JsonObject().put("role", "user").put("content", "Who am I?"))));

        assertThat(types(response)).containsExactly("compaction", "message");
    }

    @Test
    void whatIsWrongIsSaid() {
        Map<String, String> wrong = Map.of("1", "context_management", "[1]", "context_management[0]",
                "[{}]", "context_management[0].type", "[{\"type\":\"x\"}]", "context_management[0].type",
                "[{\"type\":\"compaction\",\"compact_threshold\":0}]", "context_management[0].compact_threshold",
                "[{\"type\":\"compaction\",\"compact_threshold\":\"1\"}]", "context_management[0].compact_threshold",
                "[{\"type\":\"compaction\",\"compact_threshold\":1.5}]", "context_management[0].compact_threshold");
        wrong.forEach((value, param) -> {
            Answered answered = gateway().post("/v1/responses",
                    "{\"model\":\"scripted\",\"input\":\"Hi\",\"context_management\":" + value + "}");
            assertThat(answered.status()).as(value).isEqualTo(400);
            assertThat(answered.error().getString("param")).isEqualTo(param);
        });
    }
}
