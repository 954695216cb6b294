package io.quarkiverse.llm.gateway.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.llm.gateway.runtime.http.GatewayClient.Answered;
import io.quarkiverse.llm.scripted.Answer;
import io.quarkiverse.llm.scripted.Fault;
import io.vertx.core.json.JsonObject;

/** A failure that comes before anything of the answer is one of HTTP. */
class FailureBeforeContentTest extends GatewayFixture {

    enum Asked {
        RESPONSE,
        STREAMED_RESPONSE,
        CHAT_COMPLETION,
        STREAMED_CHAT_COMPLETION;

        boolean stream() {
            return this == STREAMED_RESPONSE || this == STREAMED_CHAT_COMPLETION;
        }

        Answered of(GatewayClient gateway, String model) {
            return this == RESPONSE || this == STREAMED_RESPONSE
                    ? gateway.responses(Requests.response("Hello").put("model", model).put("stream", stream()))
                    : gateway.chat(Requests.chat("Hello").put("model", model).put("stream", stream()));
        }
    }

    private Answered ask(Asked asked) {
        return asked.of(gateway(), "scripted");
    }

    private static void assertError(Answered answered, int status, String type, String code) {
        assertThat(answered.status()).isEqualTo(status);
        assertThat(answered.header("content-type")).isEqualTo("application/json");
        assertThat(answered.error().fieldNames()).containsExactly("message", "type", "param", "code");
        assertThat(answered.error().getString("message")).isNotEmpty();
        assertThat(answered.error().getString("type")).isEqualTo(type);
        assertThat(answered.error().getString("code")).isEqualTo(code);
    }

    private static JsonObject error(String message, String type, Object code) {
        return new JsonObject().put("error", new JsonObject().put("message", message).put("type", type).put("code", code));
    }

    @ParameterizedTest
    @EnumSource
    void aRateLimitKeepsItsStatusAndItsWait(Asked asked) {
        llm.enqueue(Answer.error(429, "slow down").header("Retry-After", "7"));
        Answered answered = ask(asked);
        assertError(answered, 429, "rate_limit_error", "rate_limit_exceeded");
        assertThat(answered.header("retry-after")).isEqualTo("7");
        assertThat(answered.error().getString("message")).contains("slow down");
        assertThat(log.request()).contains("status=429 outcome=rate_limit_exceeded");
    }

    @ParameterizedTest
    @EnumSource
    void aQuotaIsNoRateLimit(Asked asked) {
        llm.enqueue(Answer.error(429, error("You exceeded your current quota", "insufficient_quota", "insufficient_quota")));
        assertError(ask(asked), 429, "insufficient_quota", "insufficient_quota");
    }

    static Stream<Arguments> overflows() {
        return Stream.of(
                Arguments.of("llama.cpp", 400, error("the request exceeds the available context size. try increasing the "
                        + "context size or enable context shift", "exceed_context_size_error", 400)),
                Arguments.of("vLLM", 400, error("This model's maximum context length is 2048 tokens. However, you requested "
                        + "5000 tokens in the messages, Please reduce the length of the messages.", "BadRequestError", 400)),
                Arguments.of("OpenAI", 400, error("This model's maximum context length is 128000 tokens.",
                        "invalid_request_error", "context_length_exceeded")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("overflows")
    void anOverflowOfTheContextIsCalledWhatClientsKnow(String server, int status, JsonObject body) {
        for (Asked asked : Asked.values()) {
            llm.enqueue(Answer.error(status, body));
            Answered answered = ask(asked);
            assertThat(answered.status()).isEqualTo(400);
            assertThat(answered.error().getString("code")).isEqualTo("context_length_exceeded");
        }
    }

    @ParameterizedTest
    @EnumSource
    void anErrorInPlaceOfTheFirstEventIsOneOfHttp(Asked asked) {
        llm.enqueue(Answer.empty().thenErrorFrame(error("the model has crashed", "server_error", null)));
        Answered answered = ask(asked);
        assertThat(answered.status()).isIn(500, 502);
        assertThat(answered.error().getString("message")).contains("the model has crashed");
    }

    @ParameterizedTest
    @EnumSource
    void aKeyThatIsRefusedKeepsItsStatus(Asked asked) {
        llm.enqueue(Answer.error(401, "no such key"));
        assertThat(ask(asked).status()).isEqualTo(401);
    }

    @ParameterizedTest
    @EnumSource
    void aServerThatFailsKeepsItsStatus(Asked asked) {
        llm.enqueue(Answer.error(500, "out of memory"));
        assertError(ask(asked), 500, "server_error", "server_error");
        assertThat(log.from(java.util.logging.Level.WARNING)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void aServerThatIsNotThereIsABadGateway(Asked asked) {
        gateway();
        llm.close();
        Answered answered = ask(asked);
        assertError(answered, 502, "server_error", "server_error");
        assertThat(answered.error().getString("message")).contains("cannot be reached").doesNotContain("127.0.0.1",
                "quarkus.llm");
    }

    @ParameterizedTest
    @EnumSource
    void aConnectionThatIsCutIsABadGateway(Asked asked) {
        llm.enqueue(Answer.text("Hello").with(Fault.dropBeforeHead()));
        assertError(ask(asked), 502, "server_error", "server_error");
    }

    @ParameterizedTest
    @EnumSource
    void anAnswerThatEndsWithoutOneIsABadGateway(Asked asked) {
        llm.enqueue(asked.stream() ? Answer.sse(": nothing\n\n") : Answer.raw("application/json", new byte[0]));
        assertThat(ask(asked).status()).isEqualTo(502);
    }

    @ParameterizedTest
    @EnumSource
    void aServerThatIsTooSlowIsAGatewayTimeout(Asked asked) {
        set("quarkus.llm.first-event-timeout", "100ms");
        set("quarkus.llm.timeout", "100ms");
        llm.enqueue(Answer.text("Hello").with(Fault.stallBeforeHead()));
        assertError(ask(asked), 504, "server_error", "server_error");
    }

    @ParameterizedTest
    @EnumSource
    void aModelThatNobodyHasIsNotFound(Asked asked) {
        Answered answered = asked.of(gateway(), "nobody/has-it");
        assertError(answered, 404, "invalid_request_error", "model_not_found");
        assertThat(answered.error().getString("param")).isEqualTo("model");
        assertThat(llm.requests()).noneMatch(request -> request.path().endsWith("completions"));
    }

    @Test
    void whatTheProviderCannotDoIsABadRequest() {
        set("quarkus.llm-gateway.store.enabled", "false");
        Answered answered = gateway().responses(Requests.response("Hello").put("background", true).put("stream", false));
        assertError(answered, 400, "invalid_request_error", "unsupported_value");
        assertThat(answered.error().getString("param")).isEqualTo("background");
        assertThat(llm.requests()).isEmpty();
    }

    @Test
    void eachRequestHasAnIdOfItsOwn() {
        llm.enqueue(Answer.text("a"), Answer.error(500, "b"));
        GatewayClient gateway = gateway();
        String first = gateway.responses(Requests.response("Hello")).header("x-request-id");
        String second = gateway.responses(Requests.response("Hello")).header("x-request-id");
        String third = gateway.get("/v1/models").header("x-request-id");
        assertThat(Stream.of(first, second, third)).doesNotHaveDuplicates().allMatch(id -> id.startsWith("req_"));
        await().until(() -> log.requests().size() == 3);
        assertThat(log.requests()).anyMatch(line -> line.startsWith(first)).anyMatch(line -> line.startsWith(second));
    }

    @ParameterizedTest
    @ValueSource(strings = { "previous_response_id", "conversation", "background" })
    void whatNobodyKeepsIsRefusedByItsName(String field) {
        set("quarkus.llm.wire-api", "auto");
        set("quarkus.llm-gateway.store.enabled", "false");
        JsonObject request = Requests.response("Hi").put(field, field.equals("background") ? (Object) true : "resp_1");
        Answered answered = gateway().responses(request);
        assertThat(answered.status()).isEqualTo(400);
        assertThat(answered.error().getString("param")).isEqualTo(field);
    }
}
