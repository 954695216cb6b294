package io.quarkiverse.llm.gateway.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import io.quarkiverse.llm.gateway.runtime.http.GatewayClient.Answered;
import io.quarkiverse.llm.scripted.Answer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** Conversations that are made shorter when a client asks for it. */
class CompactionTest extends GatewayFixture {

    private static final String AT = "/v1/responses/compact";
    private static final String KEYS = "quarkus.llm-gateway.encryption-keys";

    private static JsonObject said(String role, String text) {
        return new JsonObject().put("role", role).put("content", text);
    }

    private static JsonObject call(String id) {
        return new JsonObject().put("type", "function_call").put("call_id", id).put("name", "read_file")
                .put("arguments", "{\"path\":\"/etc/motd\"}");
    }

    private static JsonObject output(String id, String text) {
        return new JsonObject().put("type", "function_call_output").put("call_id", id).put("output", text);
    }

    private static JsonObject request(JsonObject... items) {
        return new JsonObject().put("model", "scripted").put("input", new JsonArray(List.of((Object[]) items)));
    }

    private Answered compact(JsonObject request) {
        return gateway().post(AT, request.encode());
    }

    private JsonObject compacted(JsonObject request) {
        Answered answered = compact(request);
        assertThat(answered.status()).as(answered.text()).isEqualTo(200);
        return answered.json();
    }

    private JsonArray messages() {
        return llm.takeRequest().json().getJsonArray("messages");
    }

    private static List<String> texts(JsonArray messages) {
        return messages.stream().map(message -> ((JsonObject) message).getString("content")).toList();
    }

    @Test
    void theWindowHasTheUsersMessagesAndOneItemForAllTheRest() {
        llm.enqueue(Answer.text("- Ada lives in Oslo").usage(100, 7));

        JsonObject answer = compacted(request(said("developer", "Be brief"), said("user", "I am Ada"),
                said("assistant", "Hello Ada"), said("user", "I live in Oslo"), said("assistant", "Noted")));

        assertThat(answer.getString("object")).isEqualTo("response.compaction");
        assertThat(answer.getString("id")).startsWith("resp_");
        assertThat(answer.getLong("created_at")).isPositive();
        assertThat(answer.getJsonObject("usage")).isEqualTo(new JsonObject("""
                {"input_tokens":100,"input_tokens_details":{"cached_tokens":0,"cache_write_tokens":0},
                 "output_tokens":7,"output_tokens_details":{"reasoning_tokens":0},"total_tokens":107}
                """));
        JsonArray output = answer.getJsonArray("output");
        assertThat(output).hasSize(4);
        JsonObject first = output.getJsonObject(1);
        assertThat(first.getString("id")).startsWith("msg_");
        assertThat(first.copy().putNull("id")).isEqualTo(new JsonObject("""
                {"id":null,"type":"message","status":"completed","role":"user",
                 "content":[{"type":"input_text","text":"I am Ada"}]}
                """));
        JsonObject item = output.getJsonObject(3);
        assertThat(item.fieldNames()).containsExactlyInAnyOrder("id", "type", "encrypted_content");
        assertThat(item.getString("id")).startsWith("cmp_");
        assertThat(item.getString("encrypted_content")).doesNotContain("Oslo");
    }

    @Test
    void theModelIsAskedForNotesOnATextWithAllThatWasSaidAndDone() {
        llm.enqueue(Answer.text("notes"));
        JsonObject image = new JsonObject().put("role", "user").put("content", new JsonArray()
                .add(new JsonObject().put("type", "input_text").put("text", "What is that?"))
                .add(new JsonObject().put("type", "input_image").put("image_url", "data:image/png;base64,AAAA")));

        compacted(request(image, call("call_1"), output("call_1", "Welcome to host 7"), said("assistant", "Done"))
                .put("instructions", "Speak like a pirate"));

        JsonObject sent = llm.takeRequest().json();
        assertThat(sent.containsKey("tools")).isFalse();
        JsonArray messages = sent.getJsonArray("messages");
        assertThat(messages).hasSize(2);
        assertThat(messages.getJsonObject(0).getString("role")).isEqualTo("system");
        assertThat(messages.getJsonObject(1).getString("content")).contains("Speak like a pirate", "What is that?",
                "[An image]", "<call tool=\"read_file\" id=\"call_1\">\n{\"path\":\"/etc/motd\"}\n</call>",
                "<output id=\"call_1\">\nWelcome to host 7\n</output>", "<assistant>\nDone\n</assistant>")
                .doesNotContain("base64");
    }

    @Test
    void theWindowIsAnInputLikeAnyOther() {
        for (boolean stored : new boolean[] { true, false }) {
            llm.enqueue(Answer.text("- Ada lives in Oslo"));
            llm.enqueue(Answer.text("Oslo"));
            JsonArray window = compacted(request(said("user", "I am Ada"), said("assistant", "Hello"),
                    said("user", "I live in Oslo"), said("assistant", "Noted"))).getJsonArray("output");
            llm.takeRequest();

            Answered answered = gateway().responses(Requests.response("").put("store", stored).putNull("previous_response_id")
                    .put("input", window.copy().add(said("user", "Where?"))));

            assertThat(answered.stream().text()).isEqualTo("Oslo");
            assertThat(answered.header(HttpExchange.WARNING)).isEmpty();
            List<String> texts = texts(messages());
            assertThat(texts).hasSize(4).startsWith("I am Ada", "I live in Oslo").endsWith("Where?");
            assertThat(texts.get(2)).contains("- Ada lives in Oslo");
        }
    }

    @Test
    void aStoredConversationIsMadeShorterByItsLastResponse() {
        llm.enqueue(Answer.text("Hello Ada"));
        llm.enqueue(Answer.text("notes"));
        String id = gateway().responses(Requests.response("I am Ada")).stream().response().getString("id");
        llm.takeRequest();

        JsonArray output = compacted(new JsonObject().put("model", "scripted").put("previous_response_id", id))
                .getJsonArray("output");

        assertThat(output).hasSize(2);
        assertThat(messages().getJsonObject(1).getString("content")).contains("I am Ada", "Hello Ada");
    }

    @Test
    void aCallThatWaitsForItsOutputStaysWordForWord() {
        llm.enqueue(Answer.text("notes"));
        llm.enqueue(Answer.text("Hello"));
        JsonArray window = compacted(request(said("user", "Read"), said("assistant", "Yes"), said("user", "Now"),
                call("call_1"))).getJsonArray("output");
        llm.takeRequest();

        gateway().responses(Requests.response("").put("input", window.copy().add(output("call_1", "Welcome"))));

        JsonArray messages = messages();
        JsonObject called = messages.getJsonObject(messages.size() - 2);
        assertThat(called.getJsonArray("tool_calls").getJsonObject(0).getString("id")).isEqualTo("call_1");
        assertThat(messages.getJsonObject(messages.size() - 1)).isEqualTo(new JsonObject().put("role", "tool")
                .put("tool_call_id", "call_1").put("content", "Welcome"));
    }

    @Test
    void anotherInstanceWithTheKeysCanReadItAndOneWithoutSaysThatItCannot() {
        set(KEYS, "0123456789abcdef0123456789abcdef");
        llm.enqueue(Answer.text("- Ada lives in Oslo"));
        JsonArray window = compacted(request(said("user", "I am Ada"), said("assistant", "Hello"))).getJsonArray("output");
        llm.takeRequest();
        JsonObject next = Requests.response("").put("input", window.copy().add(said("user", "Where?")));

        llm.enqueue(Answer.text("Oslo"));
        try (GatewayServer other = GatewayServer.start(llm, Map.of(KEYS, "0123456789abcdef0123456789abcdef"))) {
            assertThat(other.client().responses(next).header(HttpExchange.WARNING)).isEmpty();
            assertThat(texts(messages()).get(1)).contains("- Ada lives in Oslo");
        }
        llm.enqueue(Answer.text("No idea"));
        try (GatewayServer stranger = GatewayServer.start(llm, Map.of())) {
            Answered answered = stranger.client().responses(next);
            assertThat(answered.status()).isEqualTo(200);
            assertThat(answered.header(HttpExchange.WARNING)).contains("input[1]", "encryption-keys");
            assertThat(texts(messages())).containsExactly("I am Ada",
                    "[The earlier part of this conversation was shortened to notes, which cannot be shown to you.]", "Where?");
        }
    }

    @Test
    void thatOfAnotherServerIsAShortText() {
        llm.enqueue(Answer.text("Hello"));

        Answered answered = gateway().responses(Requests.response("").put("input", new JsonArray().add(said("user", "Hi"))
                .add(new JsonObject().put("type", "compaction").put("id", "cmp_1").put("encrypted_content", "gAAAA"))));

        assertThat(answered.status()).isEqualTo(200);
        assertThat(answered.header(HttpExchange.WARNING)).contains("compaction");
        assertThat(texts(messages()).get(1)).contains("compaction");
    }

    @Test
    void thatOfTheProviderItselfGoesBackToIt() {
        JsonObject item = new JsonObject().put("type", "compaction").put("id", "cmp_1").put("encrypted_content", "gAAAA");
        llm.enqueue(Answer.text("Hello"));

        gateway().responses(Requests.response("").put("model", "native/m").put("input",
                new JsonArray().add(item).add(said("user", "Hi"))));

        assertThat(llm.takeRequest().json().getJsonArray("input").getJsonObject(0)).isEqualTo(item);
    }

    @Test
    void notesAreOnNotesWhenItIsDoneAgain() {
        llm.enqueue(Answer.text("first notes"));
        llm.enqueue(Answer.text("second notes"));
        JsonArray window = compacted(request(said("user", "I am Ada"), said("assistant", "Hello"))).getJsonArray("output");
        llm.takeRequest();

        JsonArray again = compacted(new JsonObject().put("model", "scripted").put("input",
                window.copy().add(said("user", "I live in Oslo")).add(said("assistant", "Noted")))).getJsonArray("output");

        assertThat(messages().getJsonObject(1).getString("content")).contains("first notes", "I live in Oslo");
        assertThat(again.stream().map(item -> ((JsonObject) item).getString("type"))).containsExactly("message", "message",
                "compaction");
    }

    @Test
    void withoutAStoreAnInputCanBeMadeShorterAndAResponseCannot() {
        set("quarkus.llm-gateway.store.enabled", "false");
        llm.enqueue(Answer.text("- Ada lives in Oslo"));
        llm.enqueue(Answer.text("Oslo"));

        JsonArray window = compacted(request(said("user", "I am Ada"), said("assistant", "Hello"))).getJsonArray("output");
        llm.takeRequest();
        gateway().responses(Requests.response("").put("input", window.copy().add(said("user", "Where?"))));

        assertThat(texts(messages()).get(1)).contains("- Ada lives in Oslo");
        assertThat(compact(new JsonObject().put("model", "scripted").put("previous_response_id", "resp_1")).error()
                .getString("param")).isEqualTo("previous_response_id");
    }

    @Test
    void whatIsWrongIsSaid() {
        JsonObject good = request(said("user", "Hi"), said("assistant", "Hello"));
        Map<JsonObject, String> wrong = Map.of(new JsonObject().put("input", "Hi"), "model",
                new JsonObject().put("model", 1).put("input", "Hi"), "model",
                new JsonObject().put("model", "scripted"), "input",
                good.copy().put("input", 1), "input",
                good.copy().put("input", new JsonArray()), "input",
                good.copy().put("instructions", 1), "instructions",
                good.copy().put("previous_response_id", "resp_x"), "previous_response_id");
        wrong.forEach((request, param) -> {
            Answered answered = compact(request);
            assertThat(answered.status()).as(request.encode()).isEqualTo(400);
            assertThat(answered.error().getString("param")).as(request.encode()).isEqualTo(param);
        });
    }

    @Test
    void aModelThatWritesNoNotesIsAFailure() {
        JsonObject good = request(said("user", "Hi"), said("assistant", "Hello"));
        llm.enqueue(Answer.text("half of the").finishReason("length"));
        assertThat(compact(good).status()).isEqualTo(502);
        llm.enqueue(Answer.error(429, "Later"));
        assertThat(compact(good).status()).isEqualTo(429);
    }
}
