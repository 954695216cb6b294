package io.quarkiverse.llm.gateway.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.quarkiverse.llm.gateway.runtime.http.GatewayClient.Answered;
import io.quarkiverse.llm.scripted.Answer;
import io.quarkiverse.llm.scripted.ScriptedServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** Nothing secret reaches a client, and no client makes the gateway ask anybody but its providers. */
class SecretsTest extends GatewayFixture {

    private static final String PROVIDER_KEY = "plain-words-as-a-key";
    private static final String OTHER_KEY = "sk-proj-0123456789abcdef";
    private static final String HEADER = "value-of-a-header";
    private static final List<String> SECRETS = List.of(PROVIDER_KEY, OTHER_KEY, HEADER, "secret-of-alice");
    private static final Map<String, String> ALICE = Map.of("authorization", "Bearer secret-of-alice");

    static Stream<Answer> telling() {
        String message = "Incorrect API key provided: " + PROVIDER_KEY + ", or " + OTHER_KEY + "; x-tenant " + HEADER;
        JsonObject error = new JsonObject().put("message", message).put("type", OTHER_KEY).put("code", OTHER_KEY)
                .put("param", OTHER_KEY);
        return Stream.of(
                Answer.error(401, new JsonObject().put("error", error)),
                Answer.error(429, new JsonObject().put("error", error)).header("x-key", PROVIDER_KEY),
                Answer.error(500, message),
                Answer.text("Hel", "lo").thenErrorFrame(new JsonObject().put("error", error)));
    }

    @ParameterizedTest
    @MethodSource("telling")
    void aProviderThatTellsKeysTellsThemToNoClient(Answer telling) {
        set("quarkus.llm.api-key", PROVIDER_KEY);
        set("quarkus.llm.headers.x-tenant", HEADER);
        set("quarkus.llm-gateway.keys.alice.value", "secret-of-alice");
        for (boolean stream : new boolean[] { true, false }) {
            for (String path : new String[] { "/v1/responses", "/v1/chat/completions" }) {
                llm.enqueue(telling);
                JsonObject request = path.endsWith("responses") ? Requests.response("Hello") : Requests.chat("Hello");
                Answered answered = gateway().post(path, request.put("stream", stream).encode(), ALICE);
                assertThat(answered.text()).contains("***");
                assertThat(SECRETS).noneMatch((answered.text() + answered.response().headers().map())::contains);
            }
        }
        assertThat(SECRETS.subList(0, 1)).noneMatch(log.requests().toString()::contains);
    }

    @Test
    void theKindOfAFailureIsTheSameWithoutTheKey() {
        llm.enqueue(Answer.error(429, new JsonObject().put("error", new JsonObject()
                .put("message", "Too many for " + OTHER_KEY).put("type", "tokens").put("code", "rate_limit_exceeded"))),
                Answer.text("Hel", "lo").thenErrorFrame(new JsonObject().put("error", new JsonObject()
                        .put("message", "Too many for " + OTHER_KEY).put("code", "rate_limit_exceeded"))));
        set("quarkus.llm.max-retries", "0");
        Answered refused = gateway().chat(Requests.chat("Hello"));
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.error().getString("message")).isEqualTo("Too many for ***");
        assertThat(refused.error().getString("code")).isEqualTo("rate_limit_exceeded");
        JsonObject last = gateway().chat(Requests.chat("Hello")).stream().last().getJsonObject("error");
        assertThat(last.getString("message")).isEqualTo("Too many for ***");
        assertThat(last.getString("code")).isEqualTo("rate_limit_exceeded");
    }

    @Test
    void whatClientsPointAtIsNotFetched() {
        try (ScriptedServer trap = ScriptedServer.start()) {
            String url = trap.origin() + "/picture.png";
            llm.respond(request -> Answer.text("Hello"));
            JsonArray parts = new JsonArray().add(new JsonObject().put("type", "input_image").put("image_url", url))
                    .add(new JsonObject().put("type", "input_file").put("file_url", url))
                    .add(new JsonObject().put("type", "input_text").put("text", url));
            JsonObject tool = new JsonObject().put("type", "mcp").put("server_label", "x").put("server_url", url);
            JsonArray input = new JsonArray().add(new JsonObject().put("role", "user").put("content", parts));
            for (String model : new String[] { "scripted", "native-model" }) {
                Answered answered = gateway().responses(Requests.response("").put("model", model).put("input", input)
                        .put("tools", new JsonArray().add(tool)));
                assertThat(answered.status()).as(answered::text).isEqualTo(200);
                assertThat(gateway().chat(Requests.chat("").put("model", model).put("messages", new JsonArray().add(
                        new JsonObject().put("role", "user").put("content", new JsonArray().add(new JsonObject()
                                .put("type", "image_url").put("image_url", new JsonObject().put("url", url)))))))
                        .status()).isEqualTo(200);
            }
            assertThat(llm.requests()).anyMatch(request -> request.body().contains(url));
            assertThat(trap.connections().opened()).isZero();
        }
    }
}
