package io.quarkiverse.llm.runtime.wire.responses;

import static io.quarkiverse.llm.runtime.wire.responses.Told.CREATED;
import static io.quarkiverse.llm.runtime.wire.responses.Told.MESSAGE;
import static io.quarkiverse.llm.runtime.wire.responses.Told.PART;
import static io.quarkiverse.llm.runtime.wire.responses.Told.end;
import static io.quarkiverse.llm.runtime.wire.responses.Told.item;
import static io.quarkiverse.llm.runtime.wire.responses.Told.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.llm.FinishReason;
import io.quarkiverse.llm.ItemStatus;
import io.quarkiverse.llm.LlmBadRequestException;
import io.quarkiverse.llm.LlmDecodeException;
import io.quarkiverse.llm.LlmException;
import io.quarkiverse.llm.LlmQuotaException;
import io.quarkiverse.llm.LlmRateLimitException;
import io.quarkiverse.llm.LlmResponse;
import io.quarkiverse.llm.LlmServerException;
import io.quarkiverse.llm.LlmTruncatedStreamException;
import io.quarkiverse.llm.Repair;
import io.quarkiverse.llm.ResponseStatus;
import io.vertx.core.json.JsonObject;

/** How a stream of the Responses API ends other than well, and what is handed on before. */
class ResponsesFailureTest {

    @Test
    void a_stream_that_just_ends_fails_with_what_had_arrived() {
        Decoding decoding = new Decoding();

        LlmException failure = decoding.failureOf(List.of(CREATED, MESSAGE, PART, text("Hel"), text("lo")));

        assertThat(failure).isInstanceOf(LlmTruncatedStreamException.class).hasMessageContaining("in the middle");
        assertThat(decoding.decoder.partial()).hasValueSatisfying(partial -> {
            assertThat(partial.text()).isEqualTo("Hello");
            assertThat(partial.status()).isEqualTo(ResponseStatus.INCOMPLETE);
        });
    }

    @Test
    void done_in_the_middle_is_a_cut() {
        assertThat(Decoding.failure(CREATED, MESSAGE, PART, text("Hel"), "[DONE]"))
                .isInstanceOf(LlmTruncatedStreamException.class);
        assertThat(Decoding.failure(CREATED, "[DONE]")).isInstanceOf(LlmTruncatedStreamException.class);
    }

    @Test
    void chunks_of_chat_completions_are_a_failure_that_says_so_and_hand_on_nothing() {
        Decoding decoding = new Decoding();

        LlmException failure = decoding
                .failureOf(List.of("{\"id\":\"1\",\"object\":\"chat.completion.chunk\",\"choices\":[]}"));

        assertThat(failure).isInstanceOf(LlmDecodeException.class).hasMessageContaining("none of the Responses API");
        assertThat(decoding.events).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = { "<html>", "{\"type\":", "{\"type\":\"response.output_item.added\",\"item\":{\"id\":NaN}}" })
    void what_cannot_be_read_is_a_decode_failure(String payload) {
        assertThat(Decoding.failure(CREATED, payload)).isInstanceOf(LlmDecodeException.class);
    }

    @Test
    void created_then_failed_is_a_failure_without_events() {
        Decoding decoding = new Decoding();

        LlmException failure = decoding.failureOf(List.of(CREATED, MESSAGE,
                end("failed", ",\"error\":{\"code\":\"rate_limit_exceeded\","
                        + "\"message\":\"Rate limit reached. Please try again in 1.5s.\"}")));

        assertThat(failure).isInstanceOf(LlmRateLimitException.class);
        assertThat(failure.retryAfter()).contains(Duration.ofMillis(1500));
        assertThat(decoding.events).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({ "server_error, LlmServerException", "context_length_exceeded, LlmContextLengthException",
            "insufficient_quota, LlmQuotaException", "invalid_prompt, LlmBadRequestException",
            "invalid_image_url, LlmBadRequestException", "vector_store_timeout, LlmServerException",
            "usage_not_included, LlmQuotaException" })
    void the_code_of_a_failed_response_says_what_to_do(String code, String exception) {
        LlmException failure = Decoding.failure(CREATED,
                end("failed", ",\"error\":{\"code\":\"" + code + "\",\"message\":\"No\"}"));

        assertThat(failure.getClass().getSimpleName()).isEqualTo(exception);
        assertThat(failure).hasMessageContaining("No");
        assertThat(failure.code()).contains(code);
    }

    @Test
    void a_failed_response_that_does_not_say_why() {
        assertThat(Decoding.failure(CREATED, end("failed", ",\"error\":null"))).isInstanceOf(LlmServerException.class)
                .hasMessageContaining("without saying why");
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "{\"type\":\"error\",\"error\":{\"type\":\"insufficient_quota\",\"code\":\"insufficient_quota\",\"message\":\"No\"}}",
            "{\"type\":\"error\",\"code\":\"insufficient_quota\",\"message\":\"No\",\"param\":null}",
            "{\"type\":\"response.error\",\"error\":{\"code\":\"insufficient_quota\",\"message\":\"No\"}}",
            "{\"type\":\"response.error\",\"code\":\"insufficient_quota\",\"message\":\"No\"}",
            "{\"error\":{\"type\":\"insufficient_quota\",\"message\":\"No\"}}",
            "{\"type\":\"error\",\"code\":\"insufficient_quota\",\"message\":\"No\",\"error\":{\"code\":\"insufficient_quota\","
                    + "\"message\":\"No\"}}" })
    void an_error_event_nested_flat_prefixed_bare_and_both(String error) {
        assertThat(Decoding.failure(CREATED, MESSAGE, PART, text("Hel"), error)).isInstanceOf(LlmQuotaException.class)
                .hasMessageContaining("No");
    }

    @Test
    void an_error_by_the_name_of_the_sse_event() {
        Decoding decoding = new Decoding();

        assertThatThrownBy(() -> decoding.event("error", "{\"message\":\"No\",\"code\":\"invalid_prompt\"}"))
                .isInstanceOf(LlmBadRequestException.class).hasMessageContaining("No");
    }

    @Test
    void an_error_instead_of_the_event_that_its_name_announces() {
        Decoding decoding = new Decoding();

        assertThatThrownBy(() -> decoding.event("response.created", "{\"error\":{\"message\":\"No\",\"code\":503}}"))
                .isInstanceOf(LlmServerException.class).hasMessageContaining("No");
    }

    @Test
    void a_limit_makes_an_incomplete_response() {
        LlmResponse response = Decoding.ofEvents(CREATED, MESSAGE, PART, text("Hel"),
                item("done", 0, "{\"id\":\"msg_1\",\"type\":\"message\",\"status\":\"incomplete\",\"role\":\"assistant\","
                        + "\"content\":[{\"type\":\"output_text\",\"text\":\"Hel\"}]}"),
                end("incomplete", ",\"incomplete_details\":{\"reason\":\"max_output_tokens\"}"));

        assertThat(response.status()).isEqualTo(ResponseStatus.INCOMPLETE);
        assertThat(response.incompleteReason()).contains("max_output_tokens");
        assertThat(response.finishReason()).isEqualTo(FinishReason.LENGTH);
        assertThat(response.output().get(0).status()).contains(ItemStatus.INCOMPLETE);
    }

    @Test
    void a_response_that_is_completed_by_its_event_and_incomplete_by_its_status_is_incomplete() {
        LlmResponse response = Decoding.ofEvents(CREATED,
                "{\"type\":\"response.completed\",\"response\":{\"status\":\"incomplete\",\"output\":[],"
                        + "\"incomplete_details\":{\"reason\":\"content_filter\"}}}");

        assertThat(response.finishReason()).isEqualTo(FinishReason.CONTENT_FILTER);
        assertThat(response.repairs()).containsEntry(Repair.FALSELY_COMPLETED, 1);
    }

    @Test
    void all_tokens_used_are_no_proof_of_a_cut() {
        LlmResponse response = Decoding.ofEvents(new OfficialStream().message("msg_1", "All.").terminal("completed",
                new JsonObject().put("max_output_tokens", 9)).payloads());

        assertThat(response.status()).isEqualTo(ResponseStatus.COMPLETED);
        assertThat(response.repairs()).isEmpty();
    }

    @Test
    void strict_decoding_makes_a_repair_a_failure_that_names_what_is_wrong_and_the_key() {
        List<String> payloads = new OfficialStream().message("msg_1", "Hi").complete().lacking("output_index").payloads();

        assertThatThrownBy(() -> Decoding.strict().whole(payloads)).isInstanceOf(LlmDecodeException.class)
                .hasMessage("Provider 'test' departed from its wire API (missing_index): response.output_item.added has no "
                        + "output_index. Set quarkus.llm.test.decoding=lenient to have that repaired")
                .satisfies(failure -> assertThat(((LlmDecodeException) failure).raw()).contains("response.output_item.added"));
        Decoding.strict().whole(new OfficialStream().message("msg_1", "Hi").call("fc_1", "call_a", "f", "{}").complete()
                .payloads());
    }
}
