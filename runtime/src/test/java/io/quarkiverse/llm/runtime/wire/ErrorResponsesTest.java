package io.quarkiverse.llm.runtime.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.quarkiverse.llm.LlmBadRequestException;
import io.quarkiverse.llm.LlmContextLengthException;
import io.quarkiverse.llm.LlmException;
import io.quarkiverse.llm.LlmOverloadedException;
import io.quarkiverse.llm.LlmQuotaException;
import io.quarkiverse.llm.LlmRateLimitException;

class ErrorResponsesTest {

    private static LlmException error(int status, String body) {
        return error(status, Map.of(), body);
    }

    private static LlmException error(int status, Map<String, String> headers, String body) {
        return ErrorResponses.toException("local", status, headers, body.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @CsvSource({ "400,LlmBadRequestException,false", "401,LlmAuthenticationException,false",
            "402,LlmQuotaException,false", "403,LlmPermissionException,false", "404,LlmNotFoundException,false",
            "408,LlmServerException,true", "422,LlmBadRequestException,false", "429,LlmRateLimitException,true",
            "500,LlmServerException,true", "502,LlmServerException,true", "503,LlmOverloadedException,true",
            "529,LlmOverloadedException,true" })
    void the_status_decides_where_no_word_says_more(int status, String type, boolean retryable) {
        LlmException failure = error(status, "{}");

        assertThat(failure.getClass().getSimpleName()).isEqualTo(type);
        assertThat(failure.isRetryable()).isEqualTo(retryable);
        assertThat(failure.httpStatus()).hasValue(status);
        assertThat(failure.provider()).contains("local");
    }

    @Test
    void the_shape_of_openai() {
        LlmException failure = error(400, "{\"error\":{\"message\":\"No such field\",\"type\":\"invalid_request_error\","
                + "\"param\":\"temprature\",\"code\":\"unknown_parameter\"}}");

        assertThat(failure).hasMessage("Provider 'local' answered 400: No such field");
        assertThat(failure.code()).contains("unknown_parameter");
        assertThat(failure.details().param()).contains("temprature");
        assertThat(failure.details().type()).contains("invalid_request_error");
    }

    @Test
    void the_integer_code_and_context_error_of_llama_cpp() {
        LlmException failure = error(400, "{\"error\":{\"code\":400,\"message\":\"request (80040 tokens) exceeds the "
                + "available context size (8192 tokens)\",\"type\":\"exceed_context_size_error\",\"n_ctx\":8192}}");

        assertThat(failure).isInstanceOf(LlmContextLengthException.class).hasMessageContaining("80040 tokens");
        assertThat(failure.code()).contains("400");
    }

    @Test
    void a_context_overflow_by_the_words_of_vllm() {
        assertThat(error(400, "{\"object\":\"error\",\"message\":\"This model's maximum context length is 4096 tokens\","
                + "\"type\":\"BadRequestError\",\"code\":400}")).isInstanceOf(LlmContextLengthException.class);
    }

    @Test
    void the_detail_of_fastapi_as_text_and_as_list() {
        assertThat(error(404, "{\"detail\":\"Not Found\"}")).hasMessage("Provider 'local' answered 404: Not Found");
        assertThat(error(422, "{\"detail\":[{\"loc\":[\"body\",\"messages\"],\"msg\":\"field required\",\"type\":\"x\"}]}"))
                .hasMessage("Provider 'local' answered 422: body.messages: field required");
    }

    @Test
    void the_plain_text_error_of_ollama() {
        assertThat(error(404, "{\"error\":\"model 'x' not found\"}"))
                .hasMessage("Provider 'local' answered 404: model 'x' not found");
    }

    @Test
    void html_of_a_proxy_becomes_its_title() {
        assertThat(error(502, "<html><head><title>502 Bad Gateway</title></head><body><h1>nginx</h1></body></html>"))
                .hasMessage("Provider 'local' answered 502: 502 Bad Gateway");
    }

    @Test
    void an_empty_body_still_makes_a_sentence() {
        assertThat(error(500, "")).hasMessage("Provider 'local' answered 500 without a message");
    }

    @Test
    void text_and_broken_json_are_shown_as_they_are() {
        assertThat(error(500, "upstream died")).hasMessageEndingWith(": upstream died");
        assertThat(error(500, "{\"error\":")).hasMessageEndingWith(": {\"error\":");
    }

    @Test
    void a_long_body_is_cut() {
        assertThat(error(500, "x".repeat(100_000)).getMessage()).hasSizeLessThan(1100);
    }

    @Test
    void the_words_of_the_provider_behind_openrouter_are_kept() {
        assertThat(error(429, "{\"error\":{\"message\":\"Provider returned error\",\"code\":429,"
                + "\"metadata\":{\"raw\":\"model is busy\",\"provider_name\":\"X\"}}}"))
                .hasMessageEndingWith("Provider returned error: model is busy");
    }

    @Test
    void an_empty_account_is_no_rate_limit() {
        assertThat(
                error(429, "{\"error\":{\"message\":\"Pay\",\"type\":\"insufficient_quota\",\"code\":\"insufficient_quota\"}}"))
                .isInstanceOf(LlmQuotaException.class);
    }

    @Test
    void a_loading_model_is_overload() {
        assertThat(error(503, "{\"error\":{\"message\":\"Loading model\",\"type\":\"unavailable_error\",\"code\":503}}"))
                .isInstanceOf(LlmOverloadedException.class).hasMessageContaining("Loading model");
    }

    @ParameterizedTest
    @CsvSource({ "retry-after,2,2000", "retry-after,0.5,500", "retry-after-ms,250,250", "retry-after,-3,0" })
    void the_server_says_how_long_to_wait(String header, String value, long millis) {
        LlmException failure = error(429, Map.of(header, value), "{}");

        assertThat(failure).isInstanceOf(LlmRateLimitException.class);
        assertThat(failure.retryAfter()).contains(Duration.ofMillis(millis));
    }

    @Test
    void milliseconds_are_more_exact_than_seconds() {
        assertThat(error(429, Map.of("retry-after", "1", "retry-after-ms", "1234"), "{}").retryAfter())
                .contains(Duration.ofMillis(1234));
    }

    @Test
    void a_date_to_wait_for_becomes_a_duration() {
        String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(ZonedDateTime.now(ZoneOffset.UTC).plusSeconds(60));

        Optional<Duration> delay = error(503, Map.of("retry-after", date), "{}").retryAfter();

        assertThat(delay).hasValueSatisfying(
                wait -> assertThat(wait).isBetween(Duration.ofSeconds(50), Duration.ofSeconds(60)));
    }

    @Test
    void a_delay_nobody_understands_is_none() {
        assertThat(error(429, Map.of("retry-after", "soon"), "{}").retryAfter()).isEmpty();
    }

    @Test
    void request_id_and_headers_are_kept() {
        LlmException failure = error(500, Map.of("x-request-id", "req_1", "server", "x"), "{}");

        assertThat(failure.requestId()).contains("req_1");
        assertThat(failure.headers()).containsEntry("server", "x");
    }

    @Test
    void a_redirect_names_its_target_without_the_query_and_is_not_followed() {
        assertThat(error(307, Map.of("location", "https://elsewhere.example/v1?key=secret"), ""))
                .isInstanceOf(LlmBadRequestException.class).hasMessageContaining("https://elsewhere.example/v1.")
                .hasMessageContaining("set the base URL").message().doesNotContain("secret");
    }

    @Test
    void cookies_are_not_kept() {
        assertThat(error(500, Map.of("set-cookie", "session=1"), "{}").headers()).isEmpty();
    }
}
