package io.quarkiverse.llm.gateway.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import io.quarkiverse.llm.gateway.runtime.http.GatewayClient.Answered;
import io.quarkiverse.llm.scripted.Answer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** Requests that go on with what the gateway keeps, in front of a server that keeps nothing. */
class ContinuationTest extends GatewayFixture {

    private static JsonObject reference(String id) {
        return new JsonObject().put("type", "item_reference").put("id", id);
    }

    private JsonArray messages() {
        return llm.takeRequest().json().getJsonArray("messages");
    }

    private JsonObject first(JsonObject request) {
        Answered answered = gateway().responses(request);
        assertThat(answered.status()).as(answered.text()).isEqualTo(200);
        llm.takeRequest();
        return request.getBoolean("stream") ? answered.stream().response() : answered.json();
    }

    @Test
    void theNextTurnOnlySaysWhatIsNew() {
        for (boolean stream : new boolean[] { true, false }) {
            llm.enqueue(Answer.text("Hello Ada"));
            llm.enqueue(Answer.text("Ada"));
            JsonObject response = first(Requests.response("I am Ada").put("stream", stream));

            Answered answered = gateway().responses(
                    Requests.response("Who am I?").put("previous_response_id", response.getString("id")));

            assertThat(answered.stream().response().getString("previous_response_id")).isEqualTo(response.getString("id"));
            assertThat(messages()).isEqualTo(new JsonArray(
                    """
                            [{"role":"user","content":"I am Ada"},
                             {"role":"assistant","content":"Hello Ada"},
                             {"role":"user","content":"Who am I?"}]
                            """));
        }
    }

    @Test
    void anItemThatIsReferredToIsWhereItsReferenceIs() {
        llm.enqueue(Answer.text("Hello Ada"));
        llm.enqueue(Answer.text("Ada"));
        JsonObject response = first(Requests.response("I am Ada"));
        String message = response.getJsonArray("output").getJsonObject(0).getString("id");

        gateway().responses(
                Requests.response("").put("input", new JsonArray().add("I am Ada").add(reference(message)).add("So?")));

        assertThat(messages().getJsonObject(1)).isEqualTo(
                new JsonObject().put("role", "assistant").put("content", "Hello Ada"));
    }

    @Test
    void whatIsNotThereIsSaid() {
        Answered response = gateway().responses(Requests.response("So?").put("previous_response_id", "resp_x"));
        assertThat(response.status()).isEqualTo(400);
        assertThat(response.error()).isEqualTo(new JsonObject().put("message", "Previous response with id 'resp_x' not found.")
                .put("type", "invalid_request_error").put("param", "previous_response_id")
                .put("code", "previous_response_not_found"));

        Answered item = gateway().responses(Requests.response("").put("input", new JsonArray().add(reference("msg_x"))));
        assertThat(item.status()).isEqualTo(404);
        assertThat(item.error().getString("param")).isEqualTo("input");
    }

    @Test
    void whatShallNotBeStoredIsNot() {
        llm.enqueue(Answer.text("Hello Ada"));
        JsonObject response = first(Requests.response("I am Ada").put("store", false));
        assertThat(response.getBoolean("store")).isFalse();

        assertThat(gateway().responses(Requests.response("So?").put("previous_response_id", response.getString("id"))).status())
                .isEqualTo(400);
    }

    @Test
    void outputsOfOtherCallsAreRefusedAndSoAreCallsWithoutAnOutput() {
        llm.enqueue(Answer.toolCall("call_1", "weather", "{}"));
        String id = first(Requests.response("Weather?").put("tools", new JsonArray().add(Requests.function("weather"))))
                .getString("id");

        JsonObject output = new JsonObject().put("type", "function_call_output").put("call_id", "call_2").put("output",
                "sunny");
        JsonObject other = gateway().responses(Requests.response("").put("previous_response_id", id)
                .put("input", new JsonArray().add(output))).error();
        assertThat(other.getString("message")).isEqualTo("No tool call found for function call output with call_id call_2.");
        assertThat(gateway().responses(Requests.response("So?").put("previous_response_id", id)).error().getString("message"))
                .isEqualTo("No tool output found for function call call_1.");

        llm.enqueue(Answer.text("Sunny"));
        assertThat(gateway().responses(Requests.response("").put("previous_response_id", id)
                .put("input", new JsonArray().add(output.put("call_id", "call_1")))).stream().text()).isEqualTo("Sunny");
    }
}
