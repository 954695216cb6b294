package io.quarkiverse.llm.gateway.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.llm.scripted.Answer;
import io.quarkiverse.llm.scripted.Fault;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** Conversations over a WebSocket, of which each request says only what is new. */
class WebSocketConversationTest extends GatewayFixture {

    private SocketClient socket() {
        return SocketClient.of(server());
    }

    private static JsonObject turn(String input) {
        return SocketClient.turn(input).put("store", false);
    }

    private static JsonObject after(CheckedStream answer, String input) {
        return turn(input).put("previous_response_id", answer.response().getString("id"));
    }

    /** What the provider was sent last, as who says what. */
    private List<String> lastMessages() {
        return llm.requests().get(llm.requests().size() - 1).json().getJsonArray("messages").stream()
                .map(JsonObject.class::cast).map(message -> message.getString("role") + ": " + message.getString("content"))
                .toList();
    }

    private static void assertNotFound(JsonObject error, String id) {
        assertThat(error.getInteger("status")).isEqualTo(400);
        assertThat(error.getJsonObject("error").getString("code")).isEqualTo("previous_response_not_found");
        assertThat(error.getJsonObject("error").getString("param")).isEqualTo("previous_response_id");
        assertThat(error.getJsonObject("error").getString("message"))
                .isEqualTo("Previous response with id '" + id + "' not found.");
    }

    @ParameterizedTest
    @ValueSource(booleans = { true, false })
    void whatIsStoredNowhereCanBeContinuedOnItsConnection(boolean kept) {
        set("quarkus.llm-gateway.store.enabled", String.valueOf(kept));
        llm.enqueue(Answer.text("one"), Answer.text("two"), Answer.text("three"));
        try (SocketClient client = socket()) {
            CheckedStream first = client.ask(turn("1"));
            CheckedStream second = client.ask(after(first, "2"));
            client.ask(after(second, "3"));
            assertThat(lastMessages()).containsExactly("user: 1", "assistant: one", "user: 2", "assistant: two", "user: 3");
            assertThat(second.response().getString("previous_response_id")).isEqualTo(first.response().getString("id"));
        }
    }

    @Test
    void aNewConversationBeginsWithout() {
        llm.enqueue(Answer.text("one"), Answer.text("two"));
        try (SocketClient client = socket()) {
            client.ask(turn("1"));
            client.ask(turn("2").putNull("previous_response_id"));
            assertThat(lastMessages()).containsExactly("user: 2");
        }
    }

    @Test
    void onlyTheLastResponseIsRemembered() {
        llm.enqueue(Answer.text("one"), Answer.text("two"));
        try (SocketClient client = socket()) {
            CheckedStream first = client.ask(turn("1"));
            client.ask(after(first, "2"));
            assertNotFound(client.send(after(first, "again")).error(), first.response().getString("id"));
        }
    }

    @Test
    void anotherConnectionDoesNotKnowIt() {
        llm.enqueue(Answer.text("one"));
        try (SocketClient client = socket(); SocketClient other = socket()) {
            CheckedStream first = client.ask(turn("1"));
            assertNotFound(other.send(after(first, "2")).error(), first.response().getString("id"));
        }
    }

    @Test
    void whatIsStoredCanBeContinuedEverywhere() {
        llm.enqueue(Answer.text("one"), Answer.text("two"), Answer.text("three"));
        try (SocketClient client = socket(); SocketClient other = socket()) {
            CheckedStream first = client.ask(turn("1").put("store", true));
            client.ask(after(first, "2").put("store", true));
            CheckedStream third = other.ask(after(first, "3").put("store", true));
            assertThat(lastMessages()).containsExactly("user: 1", "assistant: one", "user: 3");
            llm.enqueue(Answer.text("four"));
            gateway().responses(Requests.response("4").put("previous_response_id", third.response().getString("id")));
            assertThat(lastMessages()).containsExactly("user: 1", "assistant: one", "user: 3", "assistant: three", "user: 4");
        }
    }

    @Test
    void aToolIsCalledAndAnswered() {
        llm.enqueue(Answer.toolCall("call_1", "f", "{}"), Answer.text("done"));
        JsonArray tools = new JsonArray().add(Requests.function("f"));
        try (SocketClient client = socket()) {
            CheckedStream first = client.ask(turn("1").put("tools", tools));
            String call = first.items("function_call").get(0).getString("call_id");
            CheckedStream second = client.ask(after(first, "").put("tools", tools).put("input", new JsonArray()
                    .add(new JsonObject().put("type", "function_call_output").put("call_id", call).put("output", "42"))));
            assertThat(second.text()).isEqualTo("done");
            assertThat(lastMessages()).contains("tool: 42");
        }
    }

    @Test
    void aContinuationThatFailsForgetsWhatItContinued() {
        llm.enqueue(Answer.toolCall("call_1", "f", "{}"), Answer.text("other"), Answer.text("third"));
        JsonArray tools = new JsonArray().add(Requests.function("f"));
        try (SocketClient client = socket()) {
            CheckedStream first = client.ask(turn("1").put("tools", tools));
            String id = first.response().getString("id");
            JsonObject unmatched = after(first, "").put("tools", tools).put("input", new JsonArray().add(
                    new JsonObject().put("type", "function_call_output").put("call_id", "call_unknown").put("output", "42")));
            assertThat(client.send(unmatched).error().getInteger("status")).isEqualTo(400);
            assertNotFound(client.send(after(first, "again")).error(), id);
            assertThat(client.ask(turn("new")).text()).isEqualTo("other");
        }
    }

    @Test
    void soDoesOneWhoseProviderRefuses() {
        set("quarkus.llm.retry.max-attempts", "1");
        llm.enqueue(Answer.text("one"), Answer.error(500, "Out of order"));
        try (SocketClient client = socket()) {
            CheckedStream first = client.ask(turn("1"));
            assertThat(client.send(after(first, "2")).error().getInteger("status")).isEqualTo(500);
            assertNotFound(client.send(after(first, "2")).error(), first.response().getString("id"));
        }
    }

    @Test
    void soDoesOneThatBreaksOff() {
        llm.enqueue(Answer.text("one"), Answer.text("two", "more").with(Fault.dropAfterEvents(2)));
        try (SocketClient client = socket()) {
            CheckedStream first = client.ask(turn("1"));
            CheckedStream failed = client.ask(after(first, "2"));
            assertThat(failed.types()).endsWith("response.failed");
            assertNotFound(client.send(after(first, "2")).error(), first.response().getString("id"));
            assertNotFound(client.send(after(failed, "2")).error(), failed.response().getString("id"));
        }
    }

    @Test
    void aForkThatFailsLeavesItsParent() {
        set("quarkus.llm.retry.max-attempts", "1");
        llm.enqueue(Answer.text("one"), Answer.error(500, "Out of order"), Answer.text("fork"), Answer.text("two"));
        try (SocketClient client = socket()) {
            CheckedStream first = client.ask(turn("1"));
            assertThat(client.send(after(first, "2").put("stream_id", "fork")).error().getInteger("status")).isEqualTo(500);
            client.ask(after(first, "2").put("stream_id", "fork"));
            assertThat(lastMessages()).containsExactly("user: 1", "assistant: one", "user: 2");
            client.ask(after(first, "3"));
            assertThat(lastMessages()).containsExactly("user: 1", "assistant: one", "user: 3");
        }
    }

    @Test
    void aWarmUpIsRememberedAndNobodyIsAsked() {
        llm.enqueue(Answer.text("one"));
        JsonObject warmUp = turn("1").put("instructions", "Be brief").put("generate", false);
        try (SocketClient client = socket()) {
            CheckedStream empty = client.ask(warmUp);
            assertThat(empty.types()).containsExactly("response.created", "response.in_progress", "response.completed");
            assertThat(empty.response().getJsonArray("output")).isEmpty();
            assertThat(empty.response().getJsonObject("usage").getInteger("total_tokens")).isZero();
            assertThat(empty.response().getString("instructions")).isEqualTo("Be brief");
            assertThat(llm.requests()).isEmpty();
            client.ask(after(empty, "2").put("instructions", "Be brief"));
            assertThat(lastMessages()).containsExactly("system: Be brief", "user: 1", "user: 2");
        }
        assertThat(log.request()).contains("websocket key=anyone model=scripted provider=- status=200 outcome=remembered");
    }

    @Test
    void instructionsAndToolsOfAWarmUpNeedNotBeRepeated() {
        llm.enqueue(Answer.text("one"), Answer.text("two"), Answer.text("three"));
        JsonObject warmUp = turn("1").put("instructions", "Be brief").put("tools", new JsonArray().add(Requests.function("f")))
                .put("generate", false);
        try (SocketClient client = socket()) {
            CheckedStream empty = client.ask(warmUp);
            CheckedStream fork = client.ask(after(empty, "2").put("instructions", "Be long").put("stream_id", "fork"));
            assertThat(lastMessages()).containsExactly("system: Be long", "user: 1", "user: 2");
            client.ask(after(empty, "2"));
            assertThat(lastMessages()).containsExactly("system: Be brief", "user: 1", "user: 2");
            assertThat(llm.requests()).allMatch(request -> request.json().getJsonArray("tools").size() == 1);
            client.ask(after(fork, "3").put("stream_id", "fork"));
            assertThat(lastMessages()).containsExactly("user: 1", "user: 2", "assistant: one", "user: 3");
        }
    }

    @Test
    void aWarmUpNeedsNoInput() {
        llm.enqueue(Answer.text("one"));
        try (SocketClient client = socket()) {
            JsonObject warmUp = turn("").put("input", new JsonArray()).put("generate", false);
            CheckedStream empty = client.ask(warmUp);
            client.ask(after(empty, "1"));
            assertThat(lastMessages()).containsExactly("user: 1");
        }
    }

    @Test
    void whatIsNotToBeRememberedIsSentAgain() {
        set("quarkus.llm-gateway.max-body-size", "10K");
        llm.enqueue(Answer.text("x".repeat(9_000)), Answer.text("y".repeat(9_000)));
        try (SocketClient client = socket()) {
            CheckedStream first = client.ask(turn("1"));
            CheckedStream second = client.ask(after(first, "2"));
            assertNotFound(client.send(after(second, "3")).error(), second.response().getString("id"));
        }
    }
}
