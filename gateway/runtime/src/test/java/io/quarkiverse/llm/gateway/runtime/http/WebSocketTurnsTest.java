package io.quarkiverse.llm.gateway.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.logging.Level;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.llm.scripted.Answer;
import io.quarkiverse.llm.scripted.Fault;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** Requests over one WebSocket, one after the other. */
class WebSocketTurnsTest extends GatewayFixture {

    private SocketClient socket() {
        return SocketClient.of(server());
    }

    @Test
    void anAnswerComesInMessagesWithOneEventEach() {
        llm.enqueue(Answer.text("Hel", "lo"));
        try (SocketClient client = socket()) {
            CheckedStream answer = client.ask(SocketClient.turn("Hi"));

            assertThat(answer.text()).isEqualTo("Hello");
            assertThat(answer.types()).startsWith("response.created", "response.in_progress", "response.output_item.added")
                    .endsWith("response.output_item.done", "response.completed");
            assertThat(answer.events()).noneMatch(event -> event.containsKey("stream_id"));
        }
        assertThat(log.request()).matches("req_\\w+ responses websocket key=anyone model=scripted provider=default status=200"
                + " outcome=completed .*");
    }

    @Test
    void theEventsAreThoseOfTheStreamOverHttp() {
        llm.enqueue(Answer.reasoning("Hm").thenToolCall("call_1", "f", "{\"a\"", ":1}"),
                Answer.reasoning("Hm").thenToolCall("call_1", "f", "{\"a\"", ":1}"));
        JsonObject asked = Requests.response("Hi").put("tools", new JsonArray().add(Requests.function("f")));
        List<String> overHttp = gateway().responses(asked).stream().types();
        try (SocketClient client = socket()) {
            CheckedStream answer = client.ask(asked.copy().put("type", "response.create"));
            assertThat(answer.types()).isEqualTo(overHttp);
        }
    }

    @Test
    void afterAnAnswerComesTheNextAndNothingBetween() {
        llm.enqueue(Answer.text("one"), Answer.text("two"));
        try (SocketClient client = socket()) {
            assertThat(client.ask(SocketClient.turn("1")).text()).isEqualTo("one");
            CheckedStream second = client.ask(SocketClient.turn("2"));
            assertThat(second.text()).isEqualTo("two");
            assertThat(second.events().get(0).getInteger("sequence_number")).isZero();
            assertThat(client.isSilent()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "{\"stream\":true}", "{\"stream\":false}",
            "{\"stream\":true,\"stream_options\":{\"include_obfuscation\":false}}", "{\"background\":false}",
            "{\"stream_id\":null}" })
    void habitsOfClientsChangeNothing(String habits) {
        llm.enqueue(Answer.text("Hello"));
        try (SocketClient client = socket()) {
            assertThat(client.ask(SocketClient.turn("Hi").mergeIn(new JsonObject(habits))).text()).isEqualTo("Hello");
        }
        assertThat(log.request()).contains("degradations=0");
        assertThat(llm.requests().get(0).json().getBoolean("stream")).isTrue();
    }

    @Test
    void aLaneIsNamedInEachOfItsEvents() {
        llm.enqueue(Answer.text("Hello"));
        String longest = "a".repeat(250) + "_.-Z09";
        try (SocketClient client = socket()) {
            CheckedStream answer = client.ask(SocketClient.turn(longest, "Hi"));
            assertThat(answer.events()).allMatch(event -> longest.equals(event.getString("stream_id")));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "[1]                                        | invalid_json           | ",
            "Hello                                      | invalid_json           | ",
            "{\"type\":\"response.create\"              | invalid_json           | ",
            "{\"type\":\"response.create\"} {}          | invalid_json           | ",
            "''                                         | invalid_json           | ",
            "{\"model\":\"scripted\",\"input\":\"Hi\"}  | unknown_event          | type",
            "{\"type\":null,\"input\":\"Hi\"}           | unknown_event          | type",
            "{\"type\":7,\"input\":\"Hi\"}              | unknown_event          | type",
            "{\"type\":\"response.append\"}             | unknown_event          | type",
            "{\"type\":\"response.steer\",\"input\":[]} | steering_not_supported | type",
            "{\"type\":\"response.create\",\"stream_id\":\"\"}    | invalid_stream_id | stream_id",
            "{\"type\":\"response.create\",\"stream_id\":\"a b\"} | invalid_stream_id | stream_id",
            "{\"type\":\"response.create\",\"stream_id\":7}       | invalid_stream_id | stream_id",
            "{\"type\":\"response.create\",\"model\":\"scripted\"} | missing_required_parameter | input",
            "{\"type\":\"response.create\",\"input\":{}} | invalid_type | input",
            "{\"type\":\"response.create\",\"input\":\"Hi\",\"background\":true} | unsupported_value | background" })
    void whatIsWrongIsSaidAndTheNextIsAnswered(String message, String code, String param) {
        llm.enqueue(Answer.text("Hello"));
        try (SocketClient client = socket()) {
            JsonObject error = client.send(message).error();
            assertThat(error.getInteger("status")).isEqualTo(400);
            assertThat(error.getJsonObject("error").getString("code")).isEqualTo(code);
            assertThat(error.getJsonObject("error").getString("param")).isEqualTo(param);
            assertThat(error.getJsonObject("error").getString("type")).isEqualTo("invalid_request_error");
            assertThat(error.containsKey("stream_id")).isFalse();
            assertThat(client.ask(SocketClient.turn("Hi")).text()).isEqualTo("Hello");
        }
        assertThat(log.request()).contains("websocket", "status=400 outcome=" + code);
    }

    @Test
    void aStreamIdOfMoreThan256CharactersIsRefused() {
        try (SocketClient client = socket()) {
            JsonObject error = client.send(SocketClient.turn("a".repeat(257), "Hi")).error();
            assertThat(error.getJsonObject("error").getString("code")).isEqualTo("invalid_stream_id");
        }
    }

    @Test
    void aBinaryMessageIsRefused() {
        llm.enqueue(Answer.text("Hello"));
        try (SocketClient client = socket()) {
            JsonObject error = client.sendBinary(SocketClient.turn("Hi").encode()).error();
            assertThat(error.getJsonObject("error").getString("code")).isEqualTo("invalid_frame");
            assertThat(client.ask(SocketClient.turn("Hi")).text()).isEqualTo("Hello");
        }
    }

    @Test
    void whatFailsBeforeItBeginsHasTheStatusOfHttp() {
        llm.enqueue(Answer.error(429, "Slow down").header("retry-after", "7"), Answer.text("Hello"));
        set("quarkus.llm.retry.max-attempts", "1");
        try (SocketClient client = socket()) {
            JsonObject error = client.send(SocketClient.turn("lane", "Hi")).error();
            assertThat(error.getInteger("status")).isEqualTo(429);
            assertThat(error.getJsonObject("error").getString("code")).isEqualTo("rate_limit_exceeded");
            assertThat(error.getString("stream_id")).isEqualTo("lane");
            assertThat(error.getJsonObject("headers")).isEqualTo(new JsonObject().put("retry-after", "7"));
            assertThat(client.ask(SocketClient.turn("lane", "Hi")).text()).isEqualTo("Hello");
        }
        assertThat(log.request()).contains("status=429 outcome=rate_limit_exceeded");
    }

    @Test
    void whatFailsLaterIsToldInEvents() {
        llm.enqueue(Answer.text("Hel", "lo").with(Fault.dropAfterEvents(2)), Answer.text("Hello"));
        try (SocketClient client = socket()) {
            CheckedStream broken = client.ask(SocketClient.turn("lane", "Hi"));
            assertThat(broken.types()).endsWith("error", "response.failed");
            assertThat(broken.events()).allMatch(event -> "lane".equals(event.getString("stream_id")));
            assertThat(client.ask(SocketClient.turn("Hi")).text()).isEqualTo("Hello");
        }
    }

    @Test
    void anUnknownModelIsNotFound() {
        set("quarkus.llm-gateway.unknown-model", "reject");
        try (SocketClient client = socket()) {
            JsonObject error = client.send(SocketClient.turn("Hi").put("model", "unheard-of")).error();
            assertThat(error.getInteger("status")).isEqualTo(404);
            assertThat(error.getJsonObject("error").getString("code")).isEqualTo("model_not_found");
        }
    }

    @Test
    void aSilentAnswerShowsThatItLives() {
        set("quarkus.llm-gateway.commit-after", "10ms");
        set("quarkus.llm-gateway.keep-alive", "50ms");
        llm.enqueue(Answer.text("Hello").with(Fault.stallBeforeHead()));
        try (SocketClient client = socket()) {
            client.send(SocketClient.turn("Hi"));
            client.next("response.created");
            for (int i = 1; i < 4; i++) {
                assertThat(client.next("response.in_progress").getInteger("sequence_number")).isEqualTo(i);
            }
        }
        assertThat(log.request()).contains("status=200 outcome=client-left");
        assertThat(log.from(Level.WARNING)).isEmpty();
    }
}
