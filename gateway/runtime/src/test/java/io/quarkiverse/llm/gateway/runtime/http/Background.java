package io.quarkiverse.llm.gateway.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkiverse.llm.gateway.runtime.http.GatewayClient.Answered;
import io.vertx.core.json.JsonObject;

/** What clients do with responses that are made while they do not wait. */
record Background(GatewayClient gateway) {

    static JsonObject request(String input) {
        return Requests.response(input).put("stream", false).put("background", true);
    }

    static String path(JsonObject response) {
        return "/v1/responses/" + response.getString("id");
    }

    /** The response as it was accepted. */
    JsonObject begun(JsonObject request) {
        Answered answered = gateway.responses(request);
        assertThat(answered.status()).as(answered.text()).isEqualTo(200);
        assertThat(answered.json().getString("status")).isEqualTo("queued");
        return answered.json();
    }

    JsonObject now(JsonObject response) {
        return gateway.get(path(response)).json();
    }

    JsonObject become(JsonObject response, String status) {
        GatewayFixture.await().until(() -> status.equals(now(response).getString("status")));
        return now(response);
    }

    CheckedStream stream(JsonObject response) {
        return gateway.get(path(response) + "?stream=true").stream();
    }

    CheckedStream streamAfter(JsonObject response, int number) {
        return gateway.get(path(response) + "?stream=true&starting_after=" + number).stream();
    }

    JsonObject cancelled(JsonObject response) {
        Answered answered = gateway.post(path(response) + "/cancel", "");
        assertThat(answered.status()).as(answered.text()).isEqualTo(200);
        return answered.json();
    }
}
