package io.quarkiverse.llm.gateway.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.llm.gateway.runtime.http.GatewayClient.Answered;
import io.quarkiverse.llm.scripted.Answer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** Responses that are read again, and forgotten. */
class StoredRoutesTest extends GatewayFixture {

    private CheckedStream streamed(JsonObject request) {
        Answered answered = gateway().responses(request);
        assertThat(answered.status()).as(answered.text()).isEqualTo(200);
        return answered.stream();
    }

    private static String path(JsonObject response) {
        return "/v1/responses/" + response.getString("id");
    }

    private static void assertNotFound(Answered answered, String id) {
        assertThat(answered.status()).isEqualTo(404);
        assertThat(answered.error().getString("message")).isEqualTo("Response with id '" + id + "' not found.");
        assertThat(answered.error().getString("type")).isEqualTo("invalid_request_error");
    }

    @Test
    void aResponseIsThereAsItWasToldAtItsEnd() {
        llm.enqueue(Answer.text("Hello", " Ada"));
        llm.enqueue(Answer.text("Hello Ada"));
        JsonObject streamed = streamed(Requests.response("I am Ada")).response();
        JsonObject whole = gateway().responses(Requests.response("I am Ada").put("stream", false)).json();

        assertThat(gateway().get(path(streamed)).json()).isEqualTo(streamed);
        assertThat(gateway().get(path(whole)).json()).isEqualTo(whole);
    }

    @Test
    void aStreamCanBeReadAgainFromEachOfItsEvents() {
        llm.enqueue(Answer.text("Hel", "lo", " Ada"));
        List<JsonObject> live = streamed(Requests.response("I am Ada")).events();
        String path = path(live.get(live.size() - 1).getJsonObject("response")) + "?stream=true";

        assertThat(gateway().get(path).stream().events()).isEqualTo(live);
        for (int after = -1; after <= live.size(); after++) {
            Answered answered = gateway().get(path + "&starting_after=" + after);
            assertThat(answered.stream().events()).isEqualTo(live.subList(Math.min(live.size(), after + 1), live.size()));
            assertThat(answered.text()).endsWith("data: [DONE]\n\n");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = { true, false })
    void aResponseWhoseEventsAreNotKeptIsToldInEventsOfItsOwn(boolean stream) {
        set("quarkus.llm-gateway.store.stream-events", "false");
        llm.enqueue(Answer.text("Hello", " Ada"));
        Answered answered = gateway().responses(Requests.response("I am Ada").put("stream", stream));
        JsonObject response = stream ? answered.stream().response() : answered.json();

        CheckedStream told = gateway().get(path(response) + "?stream=true").stream();

        assertThat(told.response()).isEqualTo(response);
        assertThat(told.text()).isEqualTo("Hello Ada");
        assertThat(gateway().get(path(response) + "?stream=true&starting_after=3").stream().events())
                .isEqualTo(told.events().subList(4, told.events().size()));
    }

    @ParameterizedTest
    @CsvSource({ "stream=true&starting_after=x,starting_after", "stream=true&starting_after=-2,starting_after",
            "stream=true&starting_after=1.5,starting_after", "stream=1,stream" })
    void whatIsNoPlaceInAStreamIsRefused(String query, String param) {
        Answered answered = gateway().get("/v1/responses/resp_x?" + query);
        assertThat(answered.status()).isEqualTo(400);
        assertThat(answered.error().getString("param")).isEqualTo(param);
    }

    @Test
    void theReasoningThatClientsDoNotSeeIsShownToThoseThatAsk() {
        llm.enqueue(Answer
                .sse("""
                        data: {"type":"response.created","sequence_number":0,"response":{"id":"resp_1","object":"response","created_at":1,\
                        "status":"in_progress","model":"m","output":[]}}

                        data: {"type":"response.output_item.done","sequence_number":1,"output_index":0,"item":{"type":"reasoning",\
                        "id":"rs_1","summary":[],"encrypted_content":"gAAA"}}

                        data: {"type":"response.completed","sequence_number":2,"response":{"id":"resp_1","object":"response","created_at":1,\
                        "status":"completed","model":"m","output":[{"type":"reasoning","id":"rs_1","summary":[],\
                        "encrypted_content":"gAAA"}],"usage":null}}

                        """));
        JsonObject response = streamed(Requests.response("Think").put("model", "native/x")).response();
        JsonObject reasoning = response.getJsonArray("output").getJsonObject(0);
        assertThat(reasoning.containsKey("encrypted_content")).isFalse();

        assertThat(gateway().get(path(response)).json()).isEqualTo(response);
        for (String include : List.of("include%5B%5D=", "include=", "include%5B0%5D=",
                "include=web_search_call.results&include=")) {
            assertThat(gateway().get(path(response) + "?" + include + "reasoning.encrypted_content").json()
                    .getJsonArray("output").getJsonObject(0).getString("encrypted_content")).isEqualTo("gAAA");
        }
    }

    @Test
    void aDeletedResponseIsNotThereAnyMore() {
        llm.enqueue(Answer.text("Hello Ada"));
        JsonObject response = streamed(Requests.response("I am Ada")).response();
        String id = response.getString("id");

        assertThat(gateway().delete(path(response)).json()).isEqualTo(
                new JsonObject().put("id", id).put("object", "response").put("deleted", true));

        assertNotFound(gateway().delete(path(response)), id);
        assertNotFound(gateway().get(path(response)), id);
        assertNotFound(gateway().get(path(response) + "?stream=true"), id);
        assertNotFound(gateway().get(path(response) + "/input_items"), id);
        assertNotFound(gateway().post(path(response) + "/cancel", ""), id);
        assertThat(gateway().responses(Requests.response("So?").put("previous_response_id", id)).error().getString("code"))
                .isEqualTo("previous_response_not_found");
    }

    @Test
    void onlyWhatIsMadeInTheBackgroundCanBeCancelled() {
        llm.enqueue(Answer.text("Hello Ada"));
        JsonObject response = streamed(Requests.response("I am Ada")).response();

        Answered answered = gateway().post(path(response) + "/cancel", "");

        assertThat(answered.status()).isEqualTo(400);
        assertThat(answered.error().getString("message")).contains("\"background\": true");
    }

    @Test
    void theItemsOfTheInputAreListedWithThoseBefore() {
        llm.enqueue(Answer.text("Hello Ada"));
        llm.enqueue(Answer.text("Ada"));
        JsonObject first = streamed(Requests.response("I am Ada")).response();
        JsonObject second = streamed(Requests.response("").put("previous_response_id", first.getString("id"))
                .put("input",
                        new JsonArray().add(new JsonObject().put("role", "user").put("content", "Who?").put("id", "msg_mine"))
                                .add(new JsonObject().put("role", "user").put("content", "So?"))))
                .response();

        JsonObject list = gateway().get(path(second) + "/input_items?order=asc").json();

        List<JsonObject> items = list.getJsonArray("data").stream().map(JsonObject.class::cast).toList();
        assertThat(items).extracting(item -> item.getJsonArray("content").getJsonObject(0).getString("text"))
                .containsExactly("I am Ada", "Hello Ada", "Who?", "So?");
        assertThat(items).allMatch(item -> item.getString("id") != null).extracting(item -> item.getString("id"))
                .doesNotHaveDuplicates().contains("msg_mine");
        assertThat(list.getString("object")).isEqualTo("list");
        assertThat(list.getString("first_id")).isEqualTo(items.get(0).getString("id"));
        assertThat(list.getString("last_id")).isEqualTo(items.get(3).getString("id"));
        assertThat(list.getBoolean("has_more")).isFalse();
        assertThat(gateway().get(path(first) + "/input_items").json().getJsonArray("data")).hasSize(1);
    }

    @Test
    void longListsComeInPages() {
        llm.enqueue(Answer.text("Hello"));
        JsonArray input = new JsonArray();
        for (int i = 0; i < 45; i++) {
            input.add(new JsonObject().put("role", "user").put("content", "Number " + i).put("id", "msg_" + i));
        }
        String path = path(streamed(Requests.response("").put("input", input)).response()) + "/input_items";

        JsonObject newest = gateway().get(path).json();
        assertThat(newest.getJsonArray("data")).hasSize(20);
        assertThat(newest.getString("first_id")).isEqualTo("msg_44");
        assertThat(newest.getBoolean("has_more")).isTrue();
        JsonObject next = gateway().get(path + "?after=" + newest.getString("last_id") + "&limit=100").json();
        assertThat(next.getString("first_id")).isEqualTo("msg_24");
        assertThat(next.getString("last_id")).isEqualTo("msg_0");
        assertThat(next.getBoolean("has_more")).isFalse();
        JsonObject none = gateway().get(path + "?after=msg_0").json();
        assertThat(none.getJsonArray("data")).isEmpty();
        assertThat(none.getValue("first_id")).isNull();
        assertThat(none.fieldNames()).contains("first_id", "last_id");
    }

    @ParameterizedTest
    @CsvSource({ "limit=0,limit", "limit=101,limit", "limit=many,limit", "order=up,order", "after=msg_x,after" })
    void whatIsNoPageIsRefused(String query, String param) {
        llm.enqueue(Answer.text("Hello Ada"));
        JsonObject response = streamed(Requests.response("I am Ada")).response();

        Answered answered = gateway().get(path(response) + "/input_items?" + query);

        assertThat(answered.status()).isEqualTo(400);
        assertThat(answered.error().getString("param")).isEqualTo(param);
    }

    @Test
    void whereNothingIsKeptNothingIsFoundAndTheReasonIsSaid() {
        set("quarkus.llm-gateway.store.enabled", "false");
        for (Answered answered : List.of(gateway().get("/v1/responses/resp_1"), gateway().delete("/v1/responses/resp_1"),
                gateway().post("/v1/responses/resp_1/cancel", ""), gateway().get("/v1/responses/resp_1/input_items"))) {
            assertThat(answered.status()).isEqualTo(404);
            assertThat(answered.error().getString("message")).contains("quarkus.llm-gateway.store.enabled");
        }
    }

    @Test
    void otherMethodsAreToldWhichThereAre() {
        Answered answered = gateway().post("/v1/responses/resp_1", "{}");
        assertThat(answered.status()).isEqualTo(405);
        assertThat(List.of(answered.header("allow").split(", "))).containsExactlyInAnyOrder("GET", "DELETE");
    }
}
