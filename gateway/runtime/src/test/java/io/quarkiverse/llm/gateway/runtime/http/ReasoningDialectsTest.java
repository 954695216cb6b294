package io.quarkiverse.llm.gateway.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.llm.gateway.runtime.http.Recordings.Recording;
import io.quarkiverse.llm.scripted.Answer;
import io.quarkiverse.llm.scripted.Api;
import io.quarkiverse.llm.scripted.ResponsesDeviation;
import io.quarkiverse.llm.scripted.ScriptedServer;
import io.vertx.core.json.JsonObject;

/** Reasoning as the gateway shows it: legal and whole in each of its forms, whoever it came from. */
class ReasoningDialectsTest {

    private static final Answer THOUGHT = Answer.reasoning("Rain", "?").thenText("Take ", "an umbrella");

    @ParameterizedTest
    @CsvSource({ "summary,response.reasoning_summary_text.delta", "reasoning-text,response.reasoning_text.delta",
            "reasoning,response.reasoning.delta" })
    void aResponseShowsReasoningInTheFormThatIsSet(String dialect, String type) {
        try (ScriptedServer llm = ScriptedServer.start();
                GatewayServer server = GatewayServer.start(llm, Map.of("quarkus.llm-gateway.reasoning", dialect))) {
            for (String model : new String[] { "scripted", "native/scripted" }) {
                llm.enqueue(THOUGHT.with(ResponsesDeviation.REASONING_AS_CONTENT));

                CheckedStream stream = server.client().responses(Requests.response("Hi").put("model", model)).stream();

                assertThat(stream.types()).contains(type);
                assertThat(Turn.ofResponse(stream.response()).reasoning()).isEqualTo("Rain?");
            }
        }
    }

    @Test
    void aSummaryThatTheProviderHasMadeStaysOne() {
        try (ScriptedServer llm = ScriptedServer.start();
                GatewayServer server = GatewayServer.start(llm, Map.of("quarkus.llm-gateway.reasoning", "reasoning-text"))) {
            llm.enqueue(THOUGHT);

            CheckedStream stream = server.client().responses(Requests.response("Hi").put("model", "native/scripted")).stream();

            assertThat(stream.types()).contains("response.reasoning_summary_text.delta");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "summary", "reasoning-text", "reasoning" })
    void recordedReasoningIsShownInTheFormThatIsSet(String dialect) {
        try (ScriptedServer llm = ScriptedServer.start();
                GatewayServer server = GatewayServer.start(llm, Map.of("quarkus.llm-gateway.reasoning", dialect));
                DirectProvider chat = new DirectProvider(llm, Api.CHAT_COMPLETIONS);
                DirectProvider responses = new DirectProvider(llm, Api.RESPONSES)) {
            withReasoning().forEach(recording -> {
                llm.respond(request -> recording.answer());
                boolean isChat = recording.api() == Api.CHAT_COMPLETIONS;

                JsonObject response = server.client().responses(Requests.response("Hi").put("model",
                        isChat ? "scripted" : "native/scripted")).stream().response();

                assertThat(Turn.ofResponse(response).withoutCallIds()).as(recording.name())
                        .isEqualTo(Turn.of((isChat ? chat : responses).stream()).withoutCallIds());
            });
        }
    }

    private static Stream<Recording> withReasoning() {
        return Recordings.ofHostedServices().filter(recording -> recording.body().contains("reasoning"))
                .filter(recording -> !recording.body().contains("\"type\":\"error\""));
    }

    @ParameterizedTest
    @CsvSource({ "reasoning-content,reasoning_content", "reasoning,reasoning" })
    void aChatCompletionShowsReasoningInTheFieldThatIsSet(String setting, String field) {
        try (ScriptedServer llm = ScriptedServer.start();
                GatewayServer server = GatewayServer.start(llm, Map.of("quarkus.llm-gateway.chat-reasoning", setting))) {
            llm.enqueue(THOUGHT);

            CheckedStream stream = server.client().chat(Requests.chat("Hi")).stream();

            assertThat(stream.events()).filteredOn(event -> event.encode().contains("\"" + field + "\":\"Rain\"")).hasSize(1);
            assertThat(stream.text()).isEqualTo("Take an umbrella");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = { true, false })
    void aChatCompletionShowsNoReasoningWhereNoneIsWanted(boolean streamed) {
        try (ScriptedServer llm = ScriptedServer.start();
                GatewayServer server = GatewayServer.start(llm, Map.of("quarkus.llm-gateway.chat-reasoning", "none"))) {
            llm.enqueue(THOUGHT);

            String body = server.client().chat(Requests.chat("Hi").put("stream", streamed)).text();

            assertThat(body).contains("umbrella").doesNotContain("Rain");
        }
    }
}
