package io.quarkiverse.llm.gateway.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.llm.gateway.runtime.http.GatewayClient.Answered;
import io.quarkiverse.llm.scripted.Answer;
import io.quarkiverse.llm.scripted.ScriptedServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** Clients that store nothing carry the reasoning of a chat provider over the turns, and cannot read it. */
@Timeout(60)
class SealedReasoningTest {

    private static final String KEYS = "quarkus.llm-gateway.encryption-keys";
    private static final String KEY = "0123456789abcdef0123456789abcdef";
    private static final String THOUGHT = "It is raining, naïve ☕";

    private final ScriptedServer llm = ScriptedServer.start()
            .respond(request -> Answer.reasoning(THOUGHT).thenText("Take an umbrella"));

    private static JsonObject asked(JsonArray input, boolean streamed) {
        return new JsonObject().put("model", "scripted").put("store", false).put("stream", streamed).put("input", input)
                .put("include", new JsonArray().add("reasoning.encrypted_content"));
    }

    private static JsonArray conversation() {
        return new JsonArray().add(user("What shall I take?"));
    }

    private static JsonObject user(String text) {
        return new JsonObject().put("role", "user").put("content", text);
    }

    /** As the AI SDK does: what is encrypted goes back, nothing else of the reasoning. */
    private static Answered turn(GatewayServer server, JsonArray conversation, boolean streamed) {
        Answered answered = server.client().responses(asked(conversation, streamed));
        JsonObject response = streamed ? answered.stream().response() : answered.json();
        for (Object item : response.getJsonArray("output")) {
            JsonObject output = (JsonObject) item;
            if (output.getString("type").equals("reasoning")) {
                output.put("summary", new JsonArray()).remove("content");
                assertThat(output.getString("encrypted_content")).startsWith("quarkus-llm:");
            }
            conversation.add(output);
        }
        conversation.add(user("And now?"));
        return answered;
    }

    private JsonArray received() {
        return llm.takeRequest().json().getJsonArray("messages");
    }

    @ParameterizedTest
    @ValueSource(booleans = { true, false })
    void theProviderReadsItsReasoningAgainInEachTurn(boolean streamed) {
        try (llm; LogLines log = LogLines.all(); GatewayServer server = GatewayServer.start(llm, Map.of())) {
            JsonArray conversation = conversation();
            for (int turns = 0; turns < 3; turns++) {
                turn(server, conversation, streamed);
            }
            received();
            JsonArray second = received();
            JsonArray third = received();

            assertThat(second.getJsonObject(1).getString("reasoning_content")).isEqualTo(THOUGHT);
            assertThat(third.getJsonObject(3).getString("reasoning_content")).isEqualTo(THOUGHT);
            assertThat(third.stream().limit(second.size())).containsExactlyElementsOf(second);
            assertThat(log.lines()).filteredOn(line -> line.contains(KEYS)).containsExactly(KEYS + " is not set: reasoning that"
                    + " clients bring back cannot be opened after a restart or by another instance. Set it to a random text of"
                    + " at least 16 characters to keep it");
        }
    }

    @Test
    void anotherInstanceWithTheKeyOpensIt() {
        try (llm;
                LogLines log = LogLines.all();
                GatewayServer one = GatewayServer.start(llm, Map.of(KEYS, KEY));
                GatewayServer other = GatewayServer.start(llm, Map.of(KEYS, "a new key of some characters," + KEY))) {
            JsonArray conversation = conversation();
            turn(one, conversation, true);
            Answered answered = turn(other, conversation, true);
            received();

            assertThat(received().getJsonObject(1).getString("reasoning_content")).isEqualTo(THOUGHT);
            assertThat(answered.header("x-llm-gateway-warning")).doesNotContain("Encrypted");
            assertThat(log.lines()).noneMatch(line -> line.contains(KEYS));
        }
    }

    @Test
    void theConversationGoesOnWithoutItAfterTheKeyWasLost() {
        try (llm;
                GatewayServer one = GatewayServer.start(llm, Map.of());
                GatewayServer other = GatewayServer.start(llm, Map.of())) {
            JsonArray conversation = conversation();
            turn(one, conversation, true);
            Answered answered = turn(other, conversation, true);
            received();

            assertThat(answered.status()).isEqualTo(200);
            assertThat(received().encode()).contains("Take an umbrella").doesNotContain("raining")
                    .doesNotContain("quarkus-llm:");
            assertThat(answered.header("x-llm-gateway-warning")).contains("Encrypted reasoning was left out");
        }
    }
}
