package io.quarkiverse.llm.gateway.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.logging.Level;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.llm.gateway.runtime.http.GatewayClient.Answered;
import io.quarkiverse.llm.scripted.Answer;
import io.quarkiverse.llm.scripted.Fault;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** Of requests that are read on a worker. */
class LargeRequestTest extends GatewayFixture {

    private static JsonObject large(boolean responses, int bytes) {
        JsonArray messages = new JsonArray();
        String text = "The quick brown fox jumps over the \"lazy\" dog.\n".repeat(40);
        for (int size = 0; size < bytes; size += text.length()) {
            messages.add(new JsonObject().put("role", messages.size() % 2 == 0 ? "user" : "assistant").put("content", text));
        }
        messages.add(new JsonObject().put("role", "user").put("content", "the end"));
        return new JsonObject().put("model", "scripted").put("stream", true).put(responses ? "input" : "messages", messages);
    }

    @ParameterizedTest
    @ValueSource(booleans = { true, false })
    void areAnswered(boolean responses) {
        llm.respond(request -> Answer.text(request.body().contains("the end") ? "all of it" : "not all of it"));
        JsonObject request = large(responses, 10_000_000);
        Answered answered = responses ? gateway().responses(request) : gateway().chat(request);
        assertThat(answered.stream().text()).isEqualTo("all of it");
    }

    @ParameterizedTest
    @ValueSource(booleans = { true, false })
    void whatIsWrongWithThemIsToldAllTheSame(boolean responses) {
        JsonObject request = large(responses, 1_000_000);
        request.put("temperature", "warm");
        Answered answered = responses ? gateway().responses(request) : gateway().chat(request);
        assertThat(answered.status()).isEqualTo(400);
        assertThat(answered.error().getString("param")).isEqualTo("temperature");
    }

    @Test
    void aClientMayLeaveWhileTheyAreRead() {
        JsonObject request = large(true, 10_000_000);
        llm.enqueue(Answer.text("Hello").with(Fault.stallBeforeHead()));
        try (RawClient client = raw().ask(request)) {
            // what it has sent is read anyway
            assertThat(client).isNotNull();
        }
        assertThat(log.request()).contains("outcome=client-left");
        await().until(() -> llm.connections().open() == 0);
        assertThat(log.from(Level.WARNING)).isEmpty();
    }
}
