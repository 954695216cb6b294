package io.quarkiverse.llm.gateway.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import io.quarkiverse.llm.gateway.runtime.http.GatewayClient.Answered;
import io.quarkiverse.llm.gateway.runtime.store.CaffeineStateStore;
import io.quarkiverse.llm.scripted.Answer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** Conversations that clients refer to by their ids, in front of a server that keeps nothing. */
class ConversationTest extends GatewayFixture {

    private static final String AT = "/v1/conversations";

    private static JsonObject message(String text) {
        return new JsonObject().put("type", "message").put("role", "user").put("content", text);
    }

    private static JsonObject items(String... texts) {
        JsonArray items = new JsonArray();
        for (String text : texts) {
            items.add(message(text));
        }
        return new JsonObject().put("items", items);
    }

    private JsonObject ok(Answered answered) {
        assertThat(answered.status()).as(answered.text()).isEqualTo(200);
        return answered.json();
    }

    private String created(String... texts) {
        return ok(gateway().post(AT, items(texts).encode())).getString("id");
    }

    private static List<String> texts(JsonObject list) {
        return list.getJsonArray("data").stream()
                .map(item -> ((JsonObject) item).getJsonArray("content").getJsonObject(0).getString("text")).toList();
    }

    private JsonObject list(String conversation, String query) {
        return ok(gateway().get(AT + "/" + conversation + "/items" + query));
    }

    private Answered ask(GatewayClient gateway, String conversation, String text) {
        return gateway.responses(Requests.response(text).put("conversation", conversation));
    }

    private List<String> messages() {
        return llm.takeRequest().json().getJsonArray("messages").stream()
                .map(message -> ((JsonObject) message).getString("content")).toList();
    }

    @Test
    void aConversationIsMadeReadChangedAndDeleted() {
        JsonObject made = ok(gateway().post(AT, "{\"metadata\":{\"topic\":\"weather\"}}"));

        assertThat(made.getString("id")).startsWith("conv_");
        assertThat(made.getString("object")).isEqualTo("conversation");
        assertThat(made.getLong("created_at")).isPositive();
        assertThat(made.getJsonObject("metadata")).isEqualTo(new JsonObject().put("topic", "weather"));
        String at = AT + "/" + made.getString("id");
        assertThat(ok(gateway().get(at))).isEqualTo(made);

        JsonObject changed = ok(gateway().post(at, "{\"metadata\":{\"topic\":\"rain\"}}"));
        assertThat(changed).isEqualTo(made.copy().put("metadata", new JsonObject().put("topic", "rain")));

        assertThat(ok(gateway().delete(at))).isEqualTo(new JsonObject().put("id", made.getString("id"))
                .put("object", "conversation.deleted").put("deleted", true));
        assertThat(gateway().get(at).status()).isEqualTo(404);
    }

    @Test
    void nothingNeedsToBeSaidOfAConversation() {
        assertThat(ok(gateway().post(AT, "")).getJsonObject("metadata")).isEqualTo(new JsonObject());
    }

    @Test
    void whatIsNotThereIs404() {
        String conversation = created();
        for (Answered answered : List.of(gateway().get(AT + "/conv_x"), gateway().delete(AT + "/conv_x"),
                gateway().post(AT + "/conv_x", "{\"metadata\":{}}"), gateway().get(AT + "/conv_x/items"),
                gateway().post(AT + "/conv_x/items", items("Hi").encode()), ask(gateway(), "conv_x", "Hi"),
                gateway().get(AT + "/" + conversation + "/items/msg_x"),
                gateway().delete(AT + "/" + conversation + "/items/msg_x"))) {
            assertThat(answered.status()).as(answered.text()).isEqualTo(404);
            assertThat(answered.error().getString("message")).contains("not found");
        }
    }

    @Test
    void whatIsWrongIsSaid() {
        Map<String, String> wrong = Map.of("{\"metadata\":1}", "metadata", "{\"metadata\":{\"a\":1}}", "metadata.a",
                "{\"items\":{}}", "items", "{\"items\":[\"Hi\"]}", "items[0]", "{\"items\":[{}]}", "items[0]",
                items(IntStream.range(0, 21).mapToObj(String::valueOf).toArray(String[]::new)).encode(), "items");
        wrong.forEach((body, param) -> {
            Answered answered = gateway().post(AT, body);
            assertThat(answered.status()).as(body).isEqualTo(400);
            assertThat(answered.error().getString("param")).isEqualTo(param);
        });
        String conversation = created();
        assertThat(gateway().post(AT + "/" + conversation, "{}").error().getString("param")).isEqualTo("metadata");
        assertThat(gateway().post(AT + "/" + conversation + "/items", "{}").error().getString("param")).isEqualTo("items");
        for (String query : List.of("limit=0", "limit=101", "order=up", "after=msg_x")) {
            assertThat(gateway().get(AT + "/" + conversation + "/items?" + query).error().getString("param"))
                    .isEqualTo(query.substring(0, query.indexOf('=')));
        }
        JsonObject both = gateway().responses(Requests.response("Hi").put("conversation", conversation)
                .put("previous_response_id", "resp_x")).error();
        assertThat(both.getString("param")).isEqualTo("previous_response_id");
    }

    @Test
    void itemsAreListedAsOfficialClientsReadThem() {
        String conversation = created("1", "2");
        JsonObject added = ok(gateway().post(AT + "/" + conversation + "/items", new JsonObject().put("items", new JsonArray()
                .add(new JsonObject().put("role", "assistant").put("content", "3"))).encode()));

        JsonObject assistant = added.getJsonArray("data").getJsonObject(0);
        assertThat(assistant.getString("id")).startsWith("msg_");
        assertThat(assistant.copy().putNull("id")).isEqualTo(new JsonObject("""
                {"id":null,"type":"message","status":"completed","role":"assistant",
                 "content":[{"type":"output_text","text":"3","annotations":[],"logprobs":[]}]}
                """));
        assertThat(added.getString("object")).isEqualTo("list");
        assertThat(added.getString("first_id")).isEqualTo(assistant.getString("id")).isEqualTo(added.getString("last_id"));
        assertThat(added.getBoolean("has_more")).isFalse();

        assertThat(texts(list(conversation, ""))).containsExactly("3", "2", "1");
        assertThat(texts(list(conversation, "?order=asc"))).containsExactly("1", "2", "3");
        JsonObject first = list(conversation, "?limit=2");
        assertThat(texts(first)).containsExactly("3", "2");
        assertThat(first.getBoolean("has_more")).isTrue();
        JsonObject rest = list(conversation, "?limit=2&after=" + first.getString("last_id"));
        assertThat(texts(rest)).containsExactly("1");
        assertThat(rest.getBoolean("has_more")).isFalse();
        JsonObject one = rest.getJsonArray("data").getJsonObject(0);
        assertThat(ok(gateway().get(AT + "/" + conversation + "/items/" + one.getString("id")))).isEqualTo(one);
        assertThat(list(created(), "").getJsonArray("data")).isEmpty();
    }

    @Test
    void aRequestGoesOnWithItsConversationAndAddsToIt() {
        for (boolean stream : new boolean[] { true, false }) {
            for (boolean store : new boolean[] { true, false }) {
                String conversation = created("I am Ada");
                llm.enqueue(Answer.text("Hello"));
                llm.enqueue(Answer.text("Ada"));

                Answered hello = gateway().responses(Requests.response("Say hello").put("stream", stream).put("store", store)
                        .put("conversation", new JsonObject().put("id", conversation)));
                JsonObject response = stream ? hello.stream().response() : hello.json();
                ask(gateway(), conversation, "Who am I?");

                assertThat(response.getJsonObject("conversation")).isEqualTo(new JsonObject().put("id", conversation));
                JsonObject sent = llm.takeRequest().json();
                assertThat(sent.containsKey("conversation")).isFalse();
                assertThat(messages()).containsExactly("I am Ada", "Say hello", "Hello", "Who am I?");
                assertThat(texts(list(conversation, "?order=asc")))
                        .containsExactly("I am Ada", "Say hello", "Hello", "Who am I?", "Ada");
                assertThat(list(conversation, "?order=asc").getJsonArray("data").getJsonObject(2).getString("id"))
                        .isEqualTo(response.getJsonArray("output").getJsonObject(0).getString("id"));
            }
        }
    }

    @Test
    void aResponseOfAConversationCanBeGoneOnWith() {
        String conversation = created("I am Ada");
        llm.enqueue(Answer.text("Hello"));
        llm.enqueue(Answer.text("Ada"));
        String response = ask(gateway(), conversation, "Say hello").stream().response().getString("id");
        llm.takeRequest();

        gateway().responses(Requests.response("Who am I?").put("previous_response_id", response));

        assertThat(messages()).containsExactly("I am Ada", "Say hello", "Hello", "Who am I?");
        assertThat(texts(list(conversation, ""))).hasSize(3);
    }

    @Test
    void anAnswerThatFailedAddsNothing() {
        String conversation = created("Hi");
        llm.enqueue(Answer.error(500, "No"));

        assertThat(ask(gateway(), conversation, "So?").status()).isEqualTo(500);

        assertThat(texts(list(conversation, ""))).containsExactly("Hi");
    }

    @Test
    void aDeletedItemIsNotSaidAnyMore() {
        String conversation = created("I am Ada", "I like rain");
        String secret = list(conversation, "?order=asc").getString("first_id");

        JsonObject left = ok(gateway().delete(AT + "/" + conversation + "/items/" + secret));
        llm.enqueue(Answer.text("No idea"));
        ask(gateway(), conversation, "Who am I?");

        assertThat(left.getString("id")).isEqualTo(conversation);
        assertThat(messages()).containsExactly("I like rain", "Who am I?");
        assertThat(gateway().get(AT + "/" + conversation + "/items/" + secret).status()).isEqualTo(404);
        Answered reference = gateway().responses(Requests.response("").put("input", new JsonArray()
                .add(new JsonObject().put("type", "item_reference").put("id", secret))));
        assertThat(reference.status()).isEqualTo(404);
    }

    @Test
    void anItemOfAConversationCanBeReferredTo() {
        String conversation = created("I am Ada");
        String item = list(conversation, "").getString("first_id");
        llm.enqueue(Answer.text("Ada"));

        gateway().responses(Requests.response("").put("input", new JsonArray()
                .add(new JsonObject().put("type", "item_reference").put("id", item)).add(message("Who am I?"))));

        assertThat(messages()).containsExactly("I am Ada", "Who am I?");
    }

    @Test
    void itemsOfOneIdAreToldApart() {
        String conversation = created();
        for (int i = 0; i < 2; i++) {
            ok(gateway().post(AT + "/" + conversation + "/items",
                    new JsonObject().put("items", new JsonArray().add(message("same").put("id", "msg_1"))).encode()));
        }

        assertThat(list(conversation, "").getJsonArray("data").stream().map(item -> ((JsonObject) item).getString("id"))
                .collect(Collectors.toSet())).hasSize(2).contains("msg_1");
    }

    @Test
    void nobodysItemsAreLostWhenManyAddAtOnceToTwoInstances() {
        CaffeineStateStore store = new CaffeineStateStore(Duration.ofHours(1), 100_000, 100_000_000);
        try (GatewayServer one = GatewayServer.start(llm, Map.of(), store);
                GatewayServer two = GatewayServer.start(llm, Map.of(), store)) {
            String conversation = ok(one.client().post(AT, "{}")).getString("id");
            int many = 24;
            List<CompletableFuture<Answered>> all = new ArrayList<>();
            for (int i = 0; i < many; i++) {
                llm.enqueue(Answer.text("yes"));
            }
            for (int i = 0; i < many; i++) {
                GatewayClient client = (i % 2 == 0 ? one : two).client();
                String text = "turn " + i;
                all.add(CompletableFuture.supplyAsync(() -> ask(client, conversation, text)));
            }
            all.forEach(answered -> assertThat(answered.join().status()).isEqualTo(200));

            JsonObject list = ok(two.client().get(AT + "/" + conversation + "/items?limit=100"));
            Set<String> said = new HashSet<>(texts(list));
            assertThat(list.getJsonArray("data")).hasSize(2 * many);
            assertThat(said).hasSize(many + 1);
            List<String> order = texts(list);
            // input and answer of a turn stand together, whoever else adds
            for (int i = 0; i < order.size(); i += 2) {
                assertThat(order.get(i)).isEqualTo("yes");
            }
        }
    }

    @Test
    void withoutAStoreThereAreNone() {
        set("quarkus.llm-gateway.store.enabled", "false");

        Answered answered = gateway().post(AT, "{}");

        assertThat(answered.status()).isEqualTo(501);
        assertThat(answered.error().getString("message")).contains("quarkus.llm-gateway.store.enabled");
        assertThat(ask(gateway(), "conv_x", "Hi").status()).isEqualTo(400);
    }
}
