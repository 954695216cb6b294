package io.quarkiverse.llm.gateway.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.quarkiverse.llm.gateway.runtime.http.GatewayClient.Answered;
import io.quarkiverse.llm.scripted.Answer;
import io.quarkiverse.llm.scripted.Fault;
import io.vertx.core.json.JsonObject;

/** A failure of an answer that has begun is one of its events. */
class FailureInTheMiddleTest extends GatewayFixture {

    static Stream<Answer> broken() {
        Answer begun = Answer.text("Hel", "lo, ", "how ", "are ", "you");
        return Stream.of(
                Answer.text("Hel", "lo").thenErrorFrame(new JsonObject().put("error",
                        new JsonObject().put("message", "out of memory").put("type", "server_error").putNull("code"))),
                begun.with(Fault.dropAfterEvents(4)),
                begun.with(Fault.resetAfterEvents(4)),
                begun.with(Fault.endAfterEvents(4)));
    }

    @ParameterizedTest
    @MethodSource("broken")
    void theResponsesApiTellsItTwice(Answer broken) {
        llm.enqueue(broken);

        Answered answered = gateway().responses(Requests.response("Hello"));

        assertThat(answered.status()).isEqualTo(200);
        CheckedStream stream = answered.stream();
        assertThat(stream.types()).contains("response.output_text.delta").endsWith("error", "response.failed")
                .doesNotContain("response.completed");
        assertThat(stream.response().getString("status")).isEqualTo("failed");
        assertThat(stream.response().getJsonObject("error").getString("code")).isEqualTo("server_error");
        JsonObject error = stream.events().get(stream.events().size() - 2);
        assertThat(error.getJsonObject("error").getString("message")).isEqualTo(error.getString("message")).isNotEmpty();
        assertThat(answered.text()).endsWith("data: [DONE]\n\n");
        assertThat(log.request()).contains("status=200 outcome=server_error");
    }

    @ParameterizedTest
    @MethodSource("broken")
    void chatCompletionsHasAnErrorInPlaceOfTheEnd(Answer broken) {
        llm.enqueue(broken);

        Answered answered = gateway().chat(Requests.chat("Hello"));

        assertThat(answered.status()).isEqualTo(200);
        CheckedStream stream = answered.stream();
        assertThat(stream.text()).startsWith("Hel");
        assertThat(stream.last().fieldNames()).containsExactly("error");
        assertThat(stream.last().getJsonObject("error").getString("code")).isEqualTo("server_error");
        assertThat(answered.text()).doesNotContain("\"finish_reason\":\"stop\"").endsWith("data: [DONE]\n\n");
    }
}
