package io.quarkiverse.llm.runtime.wire.responses;

import static io.quarkiverse.llm.runtime.wire.responses.Told.CREATED;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.quarkiverse.llm.LlmException;
import io.quarkiverse.llm.LlmNotFoundException;
import io.quarkiverse.llm.LlmRateLimitException;
import io.quarkiverse.llm.LlmServerException;
import io.quarkiverse.llm.runtime.wire.ErrorResponses;

/** An error over WebSocket is the one that an HTTP answer of its status, with its headers, is. */
class ErrorFrameTest {

    private static String frame(int status, String error, String more) {
        return "{\"type\":\"error\",\"status\":" + status + ",\"error\":" + error + more + "}";
    }

    private static String error(String type, String code, String message, String param) {
        return "{\"type\":\"" + type + "\",\"code\":\"" + code + "\",\"message\":\"" + message + "\",\"param\":"
                + (param == null ? "null" : "\"" + param + "\"") + "}";
    }

    @ParameterizedTest
    @CsvSource({
            "400,invalid_request_error,previous_response_not_found,Previous response with id 'r' not found.,LlmNotFoundException",
            "400,invalid_request_error,invalid_stream_id,Bad stream_id,LlmBadRequestException",
            "400,invalid_request_error,websocket_stream_limit_reached,Too many stream IDs (32),LlmBadRequestException",
            "400,invalid_request_error,context_length_exceeded,Too long,LlmContextLengthException",
            "400,invalid_request_error,invalid_value,Your input exceeds the context window,LlmContextLengthException",
            "400,invalid_request_error,unknown_parameter,No such field,LlmBadRequestException",
            "401,invalid_request_error,invalid_api_key,Incorrect API key,LlmAuthenticationException",
            "403,invalid_request_error,unsupported_country,Not here,LlmPermissionException",
            "404,invalid_request_error,model_not_found,No such model,LlmNotFoundException",
            "429,tokens,rate_limit_exceeded,Slow down,LlmRateLimitException",
            "429,insufficient_quota,insufficient_quota,Pay,LlmQuotaException",
            "500,server_error,server_error,Sorry,LlmServerException",
            "503,server_error,overloaded,Busy,LlmOverloadedException" })
    void itIsOfTheTypeOfTheAnswer(int status, String type, String code, String message, String expected) {
        String error = error(type, code, message, "p");
        LlmException answer = ErrorResponses.toException("test", status, Map.of(),
                ("{\"error\":" + error + "}").getBytes(StandardCharsets.UTF_8));

        LlmException failure = Decoding.failure(frame(status, error, ""));

        assertThat(failure).isExactlyInstanceOf(answer.getClass()).hasMessage(answer.getMessage());
        assertThat(failure.getClass().getSimpleName()).isEqualTo(expected);
        assertThat(failure.details()).isEqualTo(answer.details());
        assertThat(failure.httpStatus()).hasValue(status);
        assertThat(failure.code()).contains(code);
    }

    @Test
    void itHasTheHeadersOfTheAnswer() {
        LlmException failure = Decoding.failure(frame(429, error("requests", "rate_limit_exceeded", "Slow down", null),
                ",\"headers\":{\"Retry-After\":\"2\",\"X-Request-Id\":\"req_1\",\"x-ratelimit-limit\":60,\"x-list\":[\"a\"],"
                        + "\"x-none\":null},\"sequence_number\":3"));

        assertThat(failure).isInstanceOf(LlmRateLimitException.class);
        assertThat(failure.retryAfter()).contains(Duration.ofSeconds(2));
        assertThat(failure.requestId()).contains("req_1");
        assertThat(failure.headers()).containsEntry("x-ratelimit-limit", "60").containsEntry("x-list", "a")
                .doesNotContainKey("x-none");
    }

    @Test
    void withoutHeadersTheMessageSaysWhenToTryAgain() {
        assertThat(Decoding.failure(frame(429, error("tokens", "rate_limit_exceeded", "Please try again in 1.5s.", null), ""))
                .retryAfter()).contains(Duration.ofMillis(1500));
    }

    @Test
    void aResponseThatTheServerHasForgottenIsTold() {
        LlmException failure = Decoding.failure(frame(400, error("invalid_request_error", "previous_response_not_found",
                "Previous response with id 'resp_abc' not found.", "previous_response_id"), ",\"stream_id\":\"a\""));

        assertThat(failure).isInstanceOf(LlmNotFoundException.class);
        assertThat(failure.details().param()).contains("previous_response_id");
        assertThat(TurnFailure.of(failure)).contains(TurnFailure.PREVIOUS_RESPONSE_NOT_FOUND);
    }

    /** Nothing is wrong with the request, whatever the status says. */
    @Test
    void aConnectionThatHasLivedLongEnoughIsTold() {
        LlmException failure = Decoding.failure(frame(400, error("invalid_request_error",
                "websocket_connection_limit_reached", "Responses websocket connection limit reached (60 minutes). Create a new "
                        + "websocket connection to continue.",
                null), ""));

        assertThat(failure).isInstanceOf(LlmServerException.class);
        assertThat(failure.isRetryable()).isTrue();
        assertThat(TurnFailure.of(failure)).contains(TurnFailure.CONNECTION_LIMIT_REACHED);
    }

    @Test
    void otherFailuresAreThoseOfTheRequest() {
        assertThat(TurnFailure.of(Decoding.failure(frame(400, error("x", "unknown_parameter", "No", null), "")))).isEmpty();
        assertThat(TurnFailure.of(Decoding.failure(CREATED))).isEmpty();
    }

    @Test
    void theStatusMayHaveTheNameThatCodexTakes() {
        LlmException failure = Decoding.failure("{\"type\":\"error\",\"status_code\":401,\"error\":{\"message\":\"No\"}}");

        assertThat(failure.httpStatus()).hasValue(401);
        assertThat(failure.getClass().getSimpleName()).isEqualTo("LlmAuthenticationException");
    }

    @Test
    void anErrorInTheMiddleOfAResponseHasItsStatusToo() {
        LlmException failure = Decoding.failure(CREATED, frame(500, error("server_error", "server_error", "Sorry", null), ""));

        assertThat(failure).isInstanceOf(LlmServerException.class);
        assertThat(failure.httpStatus()).hasValue(500);
    }

    @Test
    void aFlatErrorHasItToo() {
        LlmException failure = Decoding
                .failure("{\"type\":\"error\",\"status\":429,\"code\":\"rate_limit_exceeded\",\"message\":\"Slow down\"}");

        assertThat(failure).isInstanceOf(LlmRateLimitException.class).hasMessageContaining("429: Slow down");
    }

    @Test
    void withoutAStatusItIsWhatTheWordsSay() {
        LlmException failure = Decoding.failure("{\"type\":\"error\",\"status\":\"odd\",\"error\":"
                + error("invalid_request_error", "previous_response_not_found", "Gone", null) + "}");

        assertThat(failure).isInstanceOf(LlmNotFoundException.class);
        assertThat(failure.httpStatus()).isEmpty();
        assertThat(TurnFailure.of(failure)).contains(TurnFailure.PREVIOUS_RESPONSE_NOT_FOUND);
    }
}
