package io.quarkiverse.llm.runtime.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import io.quarkiverse.llm.LlmErrorDetails;
import io.quarkiverse.llm.LlmException;
import io.quarkiverse.llm.LlmTruncatedStreamException;

class WireErrorTest {

    private static WireError of(int status, String body) {
        return WireError.of(ErrorResponses.toException("test", status, Map.of(), body.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void the_servers_own_words_go_on() {
        assertThat(of(400, "{\"error\":{\"message\":\"No such field\",\"type\":\"invalid_request_error\","
                + "\"param\":\"foo\",\"code\":\"unknown_parameter\"}}"))
                .isEqualTo(new WireError("invalid_request_error", "unknown_parameter", "No such field", Optional.of("foo")));
    }

    @Test
    void a_context_that_is_too_long_has_openais_code_whatever_the_server_says() {
        assertThat(of(400, "{\"error\":{\"message\":\"Too long\",\"type\":\"exceed_context_size_error\",\"code\":400}}").code())
                .isEqualTo("context_length_exceeded");
    }

    @Test
    void clients_tell_quota_from_rate_by_the_code() {
        assertThat(of(402, "{\"error\":{\"message\":\"Pay\"}}"))
                .isEqualTo(new WireError("insufficient_quota", "insufficient_quota", "Pay", Optional.empty()));
        assertThat(of(429, "{\"error\":{\"message\":\"Please try again in 2s\"}}")).isEqualTo(
                new WireError("rate_limit_error", "rate_limit_exceeded", "Please try again in 2s", Optional.empty()));
    }

    @Test
    void a_request_that_is_wrong_is_no_failure_of_the_server_which_clients_would_try_again() {
        assertThat(of(400, "{\"error\":{\"message\":\"No such role\",\"code\":400}}")).isEqualTo(
                new WireError("invalid_request_error", "invalid_prompt", "No such role", Optional.empty()));
    }

    @Test
    void a_number_is_no_code() {
        assertThat(of(500, "{\"error\":{\"message\":\"It broke\",\"code\":500}}"))
                .isEqualTo(new WireError("server_error", "server_error", "It broke", Optional.empty()));
    }

    @Test
    void a_failure_of_which_the_server_said_nothing_has_our_message() {
        LlmException cut = new LlmTruncatedStreamException("The stream was cut", LlmErrorDetails.of("test"), null);

        assertThat(WireError.of(cut))
                .isEqualTo(new WireError("server_error", "server_error", "The stream was cut", Optional.empty()));
    }
}
