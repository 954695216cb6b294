package io.quarkiverse.llm.runtime.provider;

import static io.quarkiverse.llm.runtime.config.preset.WireApi.CHAT_COMPLETIONS;
import static io.quarkiverse.llm.runtime.config.preset.WireApi.RESPONSES;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.llm.LlmDecodeException;
import io.quarkiverse.llm.LlmErrorDetails;
import io.quarkiverse.llm.LlmException;
import io.quarkiverse.llm.LlmTransportException;
import io.quarkiverse.llm.LlmTruncatedStreamException;
import io.quarkiverse.llm.runtime.wire.ErrorResponses;

class MissingApiTest {

    /** A name that is in the message without being the server's word. */
    private static final String PROVIDER = "model not found";
    private static final LlmErrorDetails DETAILS = LlmErrorDetails.of(PROVIDER);

    private static Optional<String> answered(int status, String body) {
        LlmException failure = ErrorResponses.toException(PROVIDER, status, Map.of(), body.getBytes(UTF_8));
        return MissingApi.sign(failure, RESPONSES, false);
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "",
            "404 page not found",
            "<html><head><title>404 Not Found</title></head><body>nginx</body></html>",
            "{\"detail\":\"Not Found\"}",
            "{\"error\":{\"code\":404,\"message\":\"File Not Found\",\"type\":\"not_found_error\"}}",
            "{\"error\":{\"message\":\"Invalid URL (POST /v1/responses)\",\"type\":\"invalid_request_error\",\"param\":null,"
                    + "\"code\":null}}",
            "{\"error\":{\"message\":\"Unknown request URL: POST /openai/v1/responses. Please check the URL for typos\","
                    + "\"type\":\"invalid_request_error\",\"code\":\"unknown_url\"}}",
            "{\"error\":{\"code\":\"404\",\"message\":\"Resource not found\"}}",
            "{\"error\":{\"message\":\"The Responses API is not supported for this model\"}}" })
    void a404WithoutAWordOfTheModelIsASign(String body) {
        assertThat(answered(404, body)).contains("answered 404");
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "{\"error\":{\"message\":\"The model `gpt-9` does not exist or you do not have access to it.\","
                    + "\"type\":\"invalid_request_error\",\"param\":null,\"code\":\"model_not_found\"}}",
            "{\"error\":{\"message\":\"The model `qwen` does not exist.\",\"type\":\"NotFoundError\",\"param\":\"model\",\"code\":404}}",
            "{\"object\":\"error\",\"message\":\"The model `qwen` does not exist.\",\"type\":\"NotFoundError\",\"code\":404}",
            "{\"error\":{\"message\":\"model \\\"qwen\\\" not found, try pulling it first\",\"type\":\"api_error\"}}",
            "{\"error\":\"model 'qwen' not found\"}",
            "{\"error\":{\"code\":\"DeploymentNotFound\",\"message\":\"The API deployment for this resource does not exist.\"}}",
            "{\"error\":{\"message\":\"No endpoints found for qwen/qwen9.\",\"code\":404}}",
            "{\"detail\":\"Unknown model qwen\"}",
            "could not find model qwen" })
    void a404ThatNamesTheModelIsNone(String body) {
        assertThat(answered(404, body)).isEmpty();
    }

    @Test
    void a404ThatNamesAnythingElseOfTheRequestIsNone() {
        assertThat(
                answered(404, "{\"error\":{\"message\":\"Item with id 'rs_1' not found.\",\"type\":\"invalid_request_error\","
                        + "\"param\":\"input\",\"code\":null}}"))
                .isEmpty();
    }

    @Test
    void a404ThatNamesTheOtherWireApiIsASign() {
        LlmException failure = ErrorResponses.toException(PROVIDER, 404, Map.of(),
                ("{\"error\":{\"message\":\"This model is only "
                        + "supported in v1/responses and not in v1/chat/completions.\",\"param\":\"model\"}}").getBytes(UTF_8));
        assertThat(MissingApi.sign(failure, CHAT_COMPLETIONS, false)).contains("answered 404");
    }

    @ParameterizedTest
    @ValueSource(ints = { 405, 501 })
    void aRefusedMethodIsASign(int status) {
        assertThat(answered(status, "{\"error\":{\"message\":\"The model does not exist\"}}")).contains("answered " + status);
    }

    @ParameterizedTest
    @ValueSource(ints = { 307, 400, 401, 403, 408, 422, 429, 500, 502, 503 })
    void anyOtherStatusIsNone(int status) {
        assertThat(answered(status, "Not Found")).isEmpty();
    }

    @Test
    void anAnswerThatCannotBeReadIsASign() {
        assertThat(MissingApi.sign(new LlmDecodeException("no JSON", "<html>", DETAILS, null), RESPONSES, false)).isPresent();
        assertThat(MissingApi.sign(new LlmTruncatedStreamException("no end", DETAILS, null), RESPONSES, false)).isPresent();
    }

    @Test
    void anAnswerOfWhichSomethingCouldBeReadIsNone() {
        assertThat(MissingApi.sign(new LlmDecodeException("no JSON", "{", DETAILS, null), RESPONSES, true)).isEmpty();
        assertThat(MissingApi.sign(new LlmTruncatedStreamException("no end", DETAILS, null), RESPONSES, true)).isEmpty();
    }

    @Test
    void anUnexpectedEndpointIsASignWhateverTheStatus() {
        LlmException failure = ErrorResponses.ofAnswer(PROVIDER,
                "{\"error\":\"Unexpected endpoint or method. (POST /v1/responses)\"}");
        assertThat(MissingApi.sign(failure, RESPONSES, false)).isPresent();
    }

    @Test
    void aConnectionThatBreaksIsNone() {
        assertThat(MissingApi.sign(new LlmTransportException("broken", DETAILS, null), RESPONSES, false)).isEmpty();
    }
}
