package io.quarkiverse.llm.gateway.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.quarkiverse.llm.gateway.runtime.http.GatewayClient.Answered;
import io.quarkiverse.llm.scripted.Answer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** Conversations of one key, and what its clients carry of them, are not there for another: neither to read nor to change. */
class OtherOwnersConversationsTest extends GatewayFixture {

    private static final String AT = "/v1/conversations/";
    private static final String NEVER = "conv_never";
    private static final String SECRET = "I live in Oslo";

    private GatewayClient alice;
    private GatewayClient bob;

    @BeforeEach
    void keys() {
        set("quarkus.llm-gateway.keys.alice.value", "secret-of-alice");
        set("quarkus.llm-gateway.keys.bob.value", "secret-of-bob");
        alice = gateway().withKey("secret-of-alice");
        bob = gateway().withKey("secret-of-bob");
    }

    private static JsonObject said(String role, String text) {
        return new JsonObject().put("type", "message").put("role", role).put("content", text);
    }

    private static JsonObject input(JsonArray items) {
        return Requests.response("").put("input", items);
    }

    private String conversationOfAlice() {
        Answered made = alice.post("/v1/conversations", new JsonObject().put("metadata", new JsonObject().put("of", "alice"))
                .put("items", new JsonArray().add(said("user", SECRET))).encode());
        assertThat(made.status()).as(made.text()).isEqualTo(200);
        return made.json().getString("id");
    }

    private List<Answered> allWaysTo(String conversation, String item) {
        String at = AT + conversation;
        return List.of(bob.get(at), bob.post(at, "{\"metadata\":{\"of\":\"bob\"}}"), bob.get(at + "/items"),
                bob.post(at + "/items", new JsonObject().put("items", new JsonArray().add(said("user", "Hi"))).encode()),
                bob.get(at + "/items/" + item), bob.delete(at + "/items/" + item),
                bob.responses(Requests.response("Where?").put("conversation", conversation)), bob.delete(at));
    }

    @Test
    void aConversation() {
        String id = conversationOfAlice();
        JsonObject made = alice.get(AT + id).json();
        JsonObject items = alice.get(AT + id + "/items").json();
        String item = items.getString("first_id");

        List<Answered> never = allWaysTo(NEVER, item);
        List<Answered> tried = allWaysTo(id, item);

        for (int i = 0; i < tried.size(); i++) {
            assertThat(tried.get(i).status()).as(i + ": " + tried.get(i).text()).isEqualTo(404);
            assertThat(tried.get(i).text()).isEqualTo(never.get(i).text().replace(NEVER, id));
        }
        assertThat(llm.requests()).isEmpty();
        assertThat(alice.get(AT + id).json()).isEqualTo(made);
        assertThat(alice.get(AT + id + "/items").json()).isEqualTo(items);
    }

    @Test
    void anItemOfAConversation() {
        String item = alice.get(AT + conversationOfAlice() + "/items").json().getString("first_id");
        JsonObject reference = new JsonObject().put("type", "item_reference");

        Answered never = bob.responses(input(new JsonArray().add(reference.copy().put("id", "msg_never"))));
        Answered tried = bob.responses(input(new JsonArray().add(reference.copy().put("id", item))));

        assertThat(tried.status()).isEqualTo(404);
        assertThat(tried.text()).isEqualTo(never.text().replace("msg_never", item));
        assertThat(llm.requests()).isEmpty();
    }

    @Test
    void aCompaction() {
        llm.enqueue(Answer.text("- Lives in Oslo"), Answer.text("No idea"), Answer.text("Oslo"));
        JsonArray window = alice.post("/v1/responses/compact", new JsonObject().put("model", "scripted")
                .put("input", new JsonArray().add(said("user", "Hi")).add(said("assistant", SECRET))).encode()).json()
                .getJsonArray("output");
        JsonObject next = input(window.copy().add(said("user", "Where?"))).put("store", false);
        llm.takeRequest();

        Answered ofBob = bob.responses(next);

        assertThat(ofBob.status()).isEqualTo(200);
        assertThat(ofBob.header(HttpExchange.WARNING)).contains("input[1]", "A compaction was replaced by a short text");
        assertThat(llm.takeRequest().json().encode()).contains("Where?").doesNotContain("Oslo").doesNotContain("quarkus-llm:");
        Answered ofAlice = alice.responses(next);
        assertThat(ofAlice.header(HttpExchange.WARNING)).isEmpty();
        assertThat(llm.takeRequest().json().encode()).contains("- Lives in Oslo");
    }

    @Test
    void reasoningThatIsCarried() {
        llm.enqueue(Answer.reasoning(SECRET).thenText("Yes"), Answer.text("No idea"), Answer.text("Oslo"));
        JsonObject reasoning = alice.responses(Requests.response("Hi").put("store", false)
                .put("include", new JsonArray().add("reasoning.encrypted_content"))).stream().response()
                .getJsonArray("output").getJsonObject(0);
        reasoning.put("summary", new JsonArray()).remove("content");
        assertThat(reasoning.getString("encrypted_content")).startsWith("quarkus-llm:");
        JsonObject next = input(new JsonArray().add(said("user", "Hi")).add(reasoning).add(said("assistant", "Yes"))
                .add(said("user", "Where?"))).put("store", false);
        llm.takeRequest();

        Answered ofBob = bob.responses(next);

        assertThat(ofBob.status()).isEqualTo(200);
        assertThat(ofBob.header(HttpExchange.WARNING)).contains("Encrypted reasoning was left out");
        assertThat(llm.takeRequest().json().encode()).contains("Where?").doesNotContain("Oslo").doesNotContain("quarkus-llm:");
        alice.responses(next);
        assertThat(llm.takeRequest().json().encode()).contains(SECRET);
    }

    @Test
    void whatAWebSocketRemembers() {
        for (boolean stored : new boolean[] { true, false }) {
            llm.enqueue(Answer.text("Noted"), Answer.text("Oslo"));
            try (SocketClient ofAlice = SocketClient.of(server(), "secret-of-alice");
                    SocketClient ofBob = SocketClient.of(server(), "secret-of-bob")) {
                String id = ofAlice.ask(SocketClient.turn(SECRET).put("store", stored)).response().getString("id");
                int asked = llm.requests().size();
                JsonObject next = SocketClient.turn("Where?").put("store", stored).put("previous_response_id", id);

                JsonObject tried = ofBob.send(next).error();
                JsonObject never = ofBob.send(next.copy().put("previous_response_id", "resp_never")).error();

                assertThat(tried.getInteger("status")).isEqualTo(400);
                assertThat(tried.getJsonObject("error").getString("code")).isEqualTo("previous_response_not_found");
                assertThat(tried.encode()).isEqualTo(never.encode().replace("resp_never", id));
                assertThat(llm.requests()).hasSize(asked);
                assertThat(ofAlice.ask(next).text()).isEqualTo("Oslo");
            }
        }
    }
}
