package io.quarkiverse.llm.gateway.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.logging.Level;

import org.junit.jupiter.api.Test;

import io.quarkiverse.llm.gateway.runtime.http.GatewayClient.Answered;
import io.quarkiverse.llm.scripted.Answer;
import io.quarkiverse.llm.scripted.ChatDeviation;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** Of the log and the headers. */
class RequestReportTest extends GatewayFixture {

    private static final String LINE = "req_\\w+ (responses|chat-completions|auto)( stream)? key=\\S+ model=\\S+ "
            + "provider=\\S+ status=\\d+ outcome=\\S+ first-token=(-|\\d+ms) tokens=(-|\\d+\\+\\d+) duration=\\d+ms repairs=\\d+ degradations=\\d+";

    @Test
    void eachRequestHasOneLine() {
        llm.enqueue(Answer.text("a", "b").usage(3, 5), Answer.text("c").usage(7, 1), Answer.error(500, "no"));
        GatewayClient gateway = gateway();
        gateway.responses(Requests.response("Hello"));
        gateway.chat(Requests.chat("Hello").put("stream", false));
        gateway.responses(Requests.response("Hello"));
        gateway.get("/v1/models");
        gateway.get("/v1/responses");

        await().until(() -> log.requests().size() == 5);
        assertThat(log.requests()).allMatch(line -> line.matches(LINE), LINE);
        assertThat(log.requests().get(0)).contains(" responses stream key=anyone model=scripted provider=", "status=200",
                "outcome=completed", "tokens=3+5", "repairs=0 degradations=0").doesNotContain("first-token=-");
        assertThat(log.requests().get(1)).contains(" chat-completions key=anyone model=scripted", "outcome=completed",
                "tokens=7+1");
        assertThat(log.requests().get(2)).contains("status=500 outcome=server_error first-token=- tokens=-");
        assertThat(log.requests().get(3)).contains("status=200 outcome=listed");
        assertThat(log.requests().get(4)).contains("status=405");
    }

    @Test
    void repairsAreCounted() {
        llm.enqueue(Answer.text("Hello").thenToolCall("call_1", "weather", "{}").with(ChatDeviation.TOOL_ID_MISSING));
        gateway().responses(Requests.response("Hello").put("tools", new JsonArray().add(Requests.function("weather"))));
        assertThat(log.request()).doesNotContain("repairs=0");
    }

    @Test
    void noWordOfAConversationIsLogged() {
        llm.enqueue(Answer.text("The answer is plutonium").usage(3, 5), Answer.error(500, "not with plutonium"),
                Answer.text("plutonium").thenErrorFrame(new JsonObject().put("error", "plutonium")));
        GatewayClient gateway = gateway();
        JsonObject request = Requests.response("What about plutonium?").put("instructions", "Like plutonium");
        gateway.responses(request);
        gateway.responses(request);
        gateway.responses(request);
        gateway.responses(new JsonObject().put("model", "scripted").put("input", new JsonArray().add("plutonium")));
        gateway.post("/v1/responses", "{\"input\":\"plutonium");
        gateway.post("/v1/responses", "plutonium");
        await().until(() -> log.requests().size() == 6);
        assertThat(log.lines()).noneMatch(line -> line.contains("plutonium"));
    }

    @Test
    void namesCannotForgeLines() {
        gateway().responses(Requests.response("Hello")
                .put("model", "x/a\nreq_0 status=200\r\u0085\u2028\u202e\u0000\u001b[31m" + "y".repeat(500)));
        assertThat(log.request()).matches(LINE).contains("model=x/a?req_0?status=200")
                .doesNotContain("\u2028", "\u202e", "\u001b")
                .hasSizeLessThan(400);
    }

    @Test
    void codesOfProvidersCannotForgeLines() {
        llm.enqueue(Answer.error(500, new JsonObject().put("error",
                new JsonObject().put("message", "no").put("code", "a b\nreq_0 status=200 \u2028"))));
        gateway().responses(Requests.response("Hello"));
        assertThat(log.request()).matches(LINE).contains("outcome=a?b?req_0?status=200");
    }

    private static JsonObject withOddItems(int count) {
        JsonArray input = new JsonArray().add(new JsonObject().put("role", "user").put("content", "Hello"));
        for (int i = 0; i < count; i++) {
            input.add(new JsonObject().put("type", "odd\r\nx-forged: 1 ü" + "z".repeat(500) + i).put("id", "odd_" + i));
        }
        return new JsonObject().put("model", "scripted").put("input", input).put("stream", true);
    }

    @Test
    void whatWasDegradedIsToldInHeaders() {
        llm.enqueue(Answer.text("Hello"));
        Answered answered = gateway().responses(withOddItems(20));
        assertThat(answered.status()).isEqualTo(200);
        List<String> warnings = answered.response().headers().allValues("x-llm-gateway-warning");
        assertThat(warnings).hasSize(9).allMatch(warning -> warning.length() <= 200)
                .allMatch(warning -> warning.matches("[ -~]+"));
        assertThat(warnings.get(0)).startsWith("input[1]");
        assertThat(warnings.get(8)).contains("12 more");
        assertThat(answered.header("x-forged")).isEmpty();
        assertThat(log.request()).contains("degradations=20");
        assertThat(log.requests()).hasSize(1);
    }

    @Test
    void whatWasDegradedIsInTheLogForWhoLooks() {
        llm.enqueue(Answer.text("Hello"));
        try (LogLines debug = LogLines.of("io.quarkiverse.llm.gateway.requests", Level.FINE)) {
            gateway().responses(withOddItems(3));
            assertThat(log.request()).isNotNull();
            await().until(() -> debug.lines().stream().anyMatch(line -> line.contains("degradations=3")));
            assertThat(debug.lines().stream().filter(line -> line.contains("input["))).hasSize(3)
                    .allMatch(line -> line.startsWith("req_"));
            assertThat(debug.lines()).noneMatch(line -> line.contains("\n") || line.contains("\r"));
        }
    }

    @Test
    void eachKindOfDegradationIsAWarningOnce() {
        JsonObject request = Requests.response("Hello").put("input", new JsonArray()
                .add(new JsonObject().put("type", "message").put("role", "user").put("content", "Hello"))
                .add(new JsonObject().put("type", "met_only_here").put("id", "odd_1")));
        llm.enqueue(Answer.text("Hello"), Answer.text("Hello"));
        try (LogLines all = LogLines.of("io.quarkiverse.llm.gateway.requests", Level.FINE)) {
            gateway().responses(request);
            gateway().responses(request);
            await().until(() -> all.lines().stream().filter(line -> line.contains("degradations=1")).count() == 2);
            assertThat(all.lines().stream().filter(line -> line.contains("warned of this once"))).singleElement()
                    .asString().contains("met_only_here");
        }
    }
}
