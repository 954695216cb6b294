package io.quarkiverse.llm.gateway.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.quarkiverse.llm.gateway.runtime.http.GatewayClient.Answered;
import io.quarkiverse.llm.scripted.Answer;
import io.quarkiverse.llm.scripted.ScriptedServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

class AnswersTest {

    private final ScriptedServer llm = ScriptedServer.start();
    private final GatewayServer server = GatewayServer.start(llm, Map.of());
    private final GatewayClient gateway = server.client();

    @AfterEach
    void stop() {
        server.close();
        llm.close();
    }

    @Test
    void aChatServerAnswersOverTheResponsesApi() {
        llm.enqueue(Answer.reasoning("Let me ", "think").thenText("Hel", "lo").usage(3, 5));

        Answered answered = gateway.responses(Requests.response("Greet me"));

        assertThat(answered.status()).isEqualTo(200);
        assertThat(answered.header("cache-control")).isEqualTo("no-cache");
        assertThat(answered.header("x-accel-buffering")).isEqualTo("no");
        CheckedStream stream = answered.stream();
        assertThat(stream.text()).isEqualTo("Hello");
        assertThat(stream.response().getString("model")).isEqualTo("scripted");
        assertThat(stream.response().getString("output_text")).isEqualTo("Hello");
        assertThat(stream.items("reasoning")).singleElement()
                .satisfies(item -> assertThat(item.encode()).contains("Let me think"));
        assertThat(answered.text()).endsWith("data: [DONE]\n\n");
    }

    @Test
    void aResponsesServerAnswersOverChatCompletions() {
        llm.enqueue(Answer.text("Hel", "lo").thenToolCall("call_1", "weather", "{\"city\":", "\"Oslo\"}"));

        Answered answered = gateway.chat(Requests.chat("Greet me").put("model", "native/scripted").put("tools",
                new JsonArray().add(new JsonObject().put("type", "function").put("function", Requests.function("weather")))));

        assertThat(answered.status()).isEqualTo(200);
        assertThat(answered.stream().text()).isEqualTo("Hello");
        assertThat(llm.takeRequest().path()).isEqualTo("/v1/responses");
    }

    @Test
    void anAnswerMayComeAsAWhole() {
        llm.enqueue(Answer.text("Hello"));

        JsonObject response = gateway.responses(Requests.response("Greet me").put("stream", false)).json();

        assertThat(response.getString("status")).isEqualTo("completed");
        assertThat(response.getString("output_text")).isEqualTo("Hello");
    }
}
