package io.quarkiverse.llm.runtime.wire.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import io.quarkiverse.llm.FinishReason;
import io.quarkiverse.llm.LlmDecodeException;
import io.quarkiverse.llm.LlmEvent;
import io.quarkiverse.llm.LlmException;
import io.quarkiverse.llm.LlmOverloadedException;
import io.quarkiverse.llm.LlmRateLimitException;
import io.quarkiverse.llm.LlmResponse;
import io.quarkiverse.llm.LlmServerException;
import io.quarkiverse.llm.LlmTruncatedStreamException;
import io.quarkiverse.llm.Usage;
import io.quarkiverse.llm.scripted.Answer;
import io.quarkiverse.llm.scripted.ChatDeviation;
import io.vertx.core.json.JsonObject;

/** Servers that are only almost OpenAI: the answer is that of an undisturbed stream. */
class ChatDeviationTest {

    private static final Answer ANSWER = Answer.reasoning("Rain", "?").thenText("Let me ", "look.")
            .thenToolCall("call_a", "weather", "{\"city\"", ":\"Oslo\"}").thenToolCall("call_b", "clock", "{\"zone\":\"CET\"}")
            .usage(7, 9);

    private static List<String> payloads(Answer answer) {
        return Stream.concat(answer.chunks().stream().map(JsonObject::encode), Stream.of("[DONE]")).toList();
    }

    static Stream<ChatDeviation> lossless() {
        return Arrays.stream(ChatDeviation.values()).filter(ChatDeviation::isLossless);
    }

    @ParameterizedTest
    @MethodSource("lossless")
    void a_known_deviation_changes_nothing_in_the_answer(ChatDeviation deviation) {
        LlmResponse response = Decoding.ofEvents(payloads(ANSWER.with(deviation)));

        assertThat(response.reasoningText()).isEqualTo("Rain?");
        assertThat(response.text()).isEqualTo("Let me look.");
        assertThat(response.toolCalls()).extracting(call -> call.name() + call.argumentsJson().toJsonObject())
                .containsExactly("weather{\"city\":\"Oslo\"}", "clock{\"zone\":\"CET\"}");
        assertThat(response.finishReason()).isEqualTo(FinishReason.TOOL_CALLS);
        assertThat(response.usage()).contains(Usage.of(7, 9));
    }

    @ParameterizedTest
    @EnumSource(names = { "ERROR_FRAME", "ERROR_FRAME_WITH_INT_CODE", "ERROR_FRAME_BARE" })
    void an_error_frame_in_the_middle_is_a_failure_with_the_servers_words(ChatDeviation deviation) {
        LlmException failure = Decoding.failure(payloads(ANSWER.with(deviation)).toArray(String[]::new));

        assertThat(failure).isInstanceOf(LlmServerException.class).hasMessageMatching(".*(The engine died|slot is lost).*");
    }

    @Test
    void usage_that_never_comes_is_empty() {
        assertThat(Decoding.ofEvents(payloads(ANSWER.with(ChatDeviation.USAGE_NEVER))).usage()).isEmpty();
    }

    @Test
    void a_stream_may_end_after_the_finish_reason_without_done() {
        List<String> payloads = ANSWER.chunks().stream().map(JsonObject::encode).toList();

        assertThat(Decoding.ofEvents(payloads).finishReason()).isEqualTo(FinishReason.TOOL_CALLS);
    }

    @Test
    void after_done_nothing_more_is_needed_although_the_socket_stays_open() {
        Decoding decoding = new Decoding();
        payloads(Answer.text("Hi")).forEach(decoding::event);

        assertThat(decoding.decoder.isComplete()).isTrue();
    }

    @Test
    void after_the_finish_reason_a_silent_server_may_be_taken_as_done() {
        Decoding decoding = new Decoding();
        decoding.event("{\"choices\":[{\"delta\":{\"content\":\"Hi\"}}]}");
        assertThat(decoding.decoder.mayEnd()).isFalse();

        decoding.event("{\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}");
        assertThat(decoding.decoder.mayEnd()).isTrue();
        assertThat(decoding.decoder.isComplete()).isFalse();
    }

    @Test
    void a_stream_that_is_cut_in_the_middle_fails_with_what_had_arrived() {
        Decoding decoding = new Decoding();
        decoding.event("{\"choices\":[{\"delta\":{\"content\":\"Half an ans\"}}]}");

        LlmException failure = Decoding.failure("{\"choices\":[{\"delta\":{\"content\":\"Half an ans\"}}]}");
        assertThat(failure).isInstanceOf(LlmTruncatedStreamException.class).hasMessageContaining("in the middle");
        assertThat(decoding.decoder.partial()).hasValueSatisfying(
                partial -> assertThat(partial.text()).isEqualTo("Half an ans"));
    }

    @Test
    void a_stream_without_anything_fails() {
        assertThat(Decoding.failure()).isInstanceOf(LlmTruncatedStreamException.class)
                .hasMessageContaining("before its answer began");
    }

    @Test
    void nothing_is_handed_on_before_there_is_content() {
        Decoding decoding = new Decoding();
        decoding.event("{\"id\":\"chat_1\",\"choices\":[{\"delta\":{\"role\":\"assistant\",\"content\":\"\"}}]}");

        assertThat(decoding.events).isEmpty();
        assertThat(decoding.decoder.partial()).isEmpty();
    }

    @Test
    void payloads_that_are_no_json_are_a_failure_with_the_raw_text() {
        LlmException failure = Decoding.failure("{\"choices\":[{\"delta\":{\"content\":");

        assertThat(failure).isInstanceOf(LlmDecodeException.class);
        assertThat(((LlmDecodeException) failure).raw()).startsWith("{\"choices\"");
    }

    @Test
    void empty_payloads_are_signs_of_life() {
        assertThat(Decoding.ofEvents("", " ", "{\"choices\":[{\"delta\":{\"content\":\"Hi\"}}]}", "[DONE]").text())
                .isEqualTo("Hi");
    }

    @Test
    void several_choices_are_a_typed_error() {
        assertThat(Decoding.failure("{\"choices\":[{\"index\":1,\"delta\":{\"content\":\"b\"}}]}"))
                .isInstanceOf(LlmDecodeException.class).hasMessageContaining("n > 1");
        assertThat(Decoding.failure("{\"choices\":[{\"delta\":{\"content\":\"a\"}},{\"delta\":{\"content\":\"b\"}}]}"))
                .isInstanceOf(LlmDecodeException.class);
    }

    @Test
    void status_200_with_an_error_object_openai_java_86() {
        assertThat(Decoding.failure("{\"error\":{\"message\":\"No room\",\"type\":\"rate_limit_error\",\"code\":\"x\"}}"))
                .isInstanceOf(LlmRateLimitException.class).hasMessageContaining("No room");
    }

    @Test
    void status_429_inside_a_body_without_choices() {
        LlmException failure = Decoding.failure("{\"code\":429,\"message\":\"Too fast\"}");

        assertThat(failure).isInstanceOf(LlmRateLimitException.class).hasMessageContaining("Too fast");
        assertThat(failure.httpStatus()).hasValue(429);
    }

    @Test
    void an_error_event_after_200_by_name_omniroute_13964() {
        Decoding decoding = new Decoding();
        byte[] stream = "event: error\ndata: {\"message\":\"Slow down\",\"code\":429}\n\n".getBytes();

        assertThatThrownBy(() -> decoding.stream(stream))
                .isInstanceOf(LlmRateLimitException.class).hasMessageContaining("Slow down");
    }

    @Test
    void an_overloaded_llama_cpp_inside_the_stream() {
        assertThat(Decoding.failure("{\"error\":{\"code\":503,\"message\":\"Loading model\",\"type\":\"unavailable_error\"}}"))
                .isInstanceOf(LlmOverloadedException.class);
    }

    @Test
    void the_finish_reason_error_of_openrouter_is_a_failure() {
        assertThat(Decoding.failure("{\"choices\":[{\"delta\":{\"content\":\"a\"},\"finish_reason\":\"error\"}]}"))
                .isInstanceOf(LlmServerException.class);
    }

    @Test
    void the_words_of_deepseek_for_giving_up_make_an_incomplete_answer() {
        LlmResponse response = Decoding.ofEvents("{\"choices\":[{\"delta\":{\"content\":\"a\"},"
                + "\"finish_reason\":\"insufficient_system_resource\"}]}");

        assertThat(response.incompleteReason()).contains("insufficient_system_resource");
        assertThat(response.providerFinishReason()).contains("insufficient_system_resource");
    }

    @Test
    void the_model_asked_for_stands_in_for_a_missing_one() {
        LlmResponse response = Decoding.ofEvents("{\"choices\":[{\"delta\":{\"content\":\"a\"}}]}", "[DONE]");

        assertThat(response.model()).isEqualTo("configured-model");
        assertThat(response.id()).startsWith("resp_");
    }

    @Test
    void ids_and_models_of_a_wrong_type_are_tolerated() {
        LlmResponse response = Decoding.ofEvents(
                "{\"id\":17,\"model\":null,\"created\":\"today\",\"choices\":[{\"delta\":{\"content\":\"a\"}}]}", "[DONE]");

        assertThat(response.id()).isEqualTo("17");
    }

    @Test
    void the_older_function_call_is_a_tool_call() {
        LlmResponse response = Decoding.ofEvents(
                "{\"choices\":[{\"delta\":{\"function_call\":{\"name\":\"f\",\"arguments\":\"{\\\"a\\\"\"}}}]}",
                "{\"choices\":[{\"delta\":{\"function_call\":{\"arguments\":\":1}\"}}}]}",
                "{\"choices\":[{\"delta\":{},\"finish_reason\":\"function_call\"}]}");

        assertThat(response.toolCalls()).singleElement().satisfies(
                call -> assertThat(call.name() + call.arguments()).isEqualTo("f{\"a\":1}"));
        assertThat(response.finishReason()).isEqualTo(FinishReason.TOOL_CALLS);
    }

    @Test
    void logprobs_stay_reachable_as_received() {
        LlmResponse response = Decoding.ofEvents(
                "{\"choices\":[{\"delta\":{\"content\":\"a\"},\"logprobs\":{\"content\":[{\"token\": \"a\"}]}}]}",
                "{\"choices\":[{\"delta\":{\"content\":\"b\"},\"logprobs\":{\"content\":[{\"token\":\"b\"}]}}]}", "[DONE]");

        assertThat(response.output()).singleElement().asString()
                .contains("[{\"token\": \"a\"},{\"token\":\"b\"}]");
    }

    @Test
    void an_annotation_becomes_flat_and_belongs_to_its_text() {
        LlmResponse response = Decoding.ofEvents("{\"choices\":[{\"delta\":{\"content\":\"See there\",\"annotations\":["
                + "{\"type\":\"url_citation\",\"url_citation\":{\"url\":\"https://example.com\",\"title\":\"T\"}}]}}]}",
                "[DONE]");

        assertThat(response.output()).singleElement().asString().contains("https://example.com");
    }

    @Test
    void a_refusal_is_neither_text_nor_lost() {
        LlmResponse response = Decoding.ofEvents("{\"choices\":[{\"delta\":{\"refusal\":\"I can\"}}]}",
                "{\"choices\":[{\"delta\":{\"refusal\":\"not.\"}}]}", "[DONE]");

        assertThat(response.refusal()).contains("I cannot.");
        assertThat(response.text()).isEmpty();
    }

    @Test
    void text_and_a_tool_call_in_one_answer_litellm_17246() {
        LlmResponse response = Decoding.ofEvents(payloads(
                Answer.text("Looking.").thenToolCall("call_1", "weather", "{}").thenText("Done.")));

        assertThat(response.output()).hasSize(3);
        assertThat(response.text()).isEqualTo("Looking.Done.");
        assertThat(response.toolCalls()).hasSize(1);
    }

    @Test
    void a_whole_answer_without_choices_cannot_be_read() {
        assertThatThrownBy(() -> Decoding.ofBody("{\"hello\":\"world\"}"))
                .isInstanceOf(LlmDecodeException.class).hasMessageContaining("without choices");
    }

    @Test
    void a_whole_answer_may_lack_everything_but_its_content() {
        assertThat(Decoding.ofBody("{\"choices\":[{\"message\":{\"content\":\"Hi\"}}]}").text()).isEqualTo("Hi");
    }

    @Test
    void a_very_long_text_is_read_whole() {
        String text = "x".repeat(21_000_000);

        assertThat(Decoding.ofBody("{\"choices\":[{\"message\":{\"content\":\"" + text + "\"}}]}").text()).hasSize(21_000_000);
    }

    @Test
    void a_finish_reason_on_each_chunk_ends_nothing_early() {
        Decoding decoding = new Decoding();
        decoding.event("{\"choices\":[{\"delta\":{\"content\":\"a\"},\"finish_reason\":\"stop\"}]}");
        assertThat(decoding.decoder.mayEnd()).isTrue();
        decoding.event("{\"choices\":[{\"delta\":{\"content\":\"b\"}}]}");
        assertThat(decoding.decoder.mayEnd()).isFalse();
        decoding.event("{\"choices\":[{\"delta\":{\"content\":\"c\"},\"finish_reason\":\"stop\"}]}");
        decoding.decoder.end();

        assertThat(decoding.events(LlmEvent.ItemStarted.class)).hasSize(1);
        assertThat(decoding.events(LlmEvent.ResponseCompleted.class).get(0).response().text()).isEqualTo("abc");
    }

    @Test
    void content_after_a_finish_reason_and_then_a_cut_is_a_cut() {
        assertThat(Decoding.failure("{\"choices\":[{\"delta\":{\"content\":\"a\"},\"finish_reason\":\"stop\"}]}",
                "{\"choices\":[{\"delta\":{\"content\":\"b\"}}]}")).isInstanceOf(LlmTruncatedStreamException.class);
    }

    @Test
    void a_length_that_is_followed_by_stop_is_a_length() {
        LlmResponse response = Decoding.ofEvents(
                "{\"choices\":[{\"delta\":{\"content\":\"a\"},\"finish_reason\":\"length\"}]}",
                "{\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}");

        assertThat(response.finishReason()).isEqualTo(FinishReason.LENGTH);
    }

    @Test
    void a_whole_message_at_the_end_of_a_stream_doubles_nothing() {
        LlmResponse response = Decoding.ofEvents("{\"choices\":[{\"delta\":{\"content\":\"Hello\"}}]}",
                "{\"choices\":[{\"message\":{\"content\":\"Hello\"},\"finish_reason\":\"stop\"}]}");

        assertThat(response.text()).isEqualTo("Hello");
    }

    @Test
    void numbers_nobody_reads_break_nothing() {
        LlmResponse response = Decoding.ofEvents("{\"choices\":[{\"delta\":{\"content\":\"a\"}}],\"perplexity\":NaN,\"big\":"
                + "1".repeat(2000) + ",\"deep\":" + "[".repeat(3000) + "]".repeat(3000)
                + ",\"usage\":{\"cost\":1e300,\"prompt_tokens\":3,\"completion_tokens\":2.0}}", "[DONE]");

        assertThat(response.usage()).contains(Usage.of(3, 2));
    }

    @Test
    void a_named_event_that_is_no_chunk_is_passed_over() {
        LlmResponse response = Decoding.ofStream(("event: ping\ndata: keep-alive\n\n"
                + "data: {\"choices\":[{\"delta\":{\"content\":\"a\"}}]}\n\ndata: [DONE]\n\n").getBytes());

        assertThat(response.text()).isEqualTo("a");
    }

    @Test
    void the_words_of_openrouter_beside_its_finish_reason_error() {
        assertThat(Decoding.failure("{\"choices\":[{\"delta\":{},\"finish_reason\":\"error\","
                + "\"error\":{\"code\":502,\"message\":\"The provider behind is gone\"}}]}"))
                .isInstanceOf(LlmServerException.class).hasMessageContaining("The provider behind is gone");
    }

    @Test
    void an_empty_body_is_an_answer_that_never_began_and_worth_another_try() {
        assertThatThrownBy(() -> Decoding.ofBody(" ")).isInstanceOfSatisfying(LlmTruncatedStreamException.class,
                failure -> assertThat(failure.isRetryable()).isTrue()).hasMessageContaining("before its answer began");
    }

    @Test
    void html_instead_of_an_answer_is_shown_and_points_to_the_base_url() {
        assertThatThrownBy(() -> Decoding.ofBody("<!DOCTYPE html>\n<title>Open WebUI</title>"))
                .isInstanceOf(LlmDecodeException.class).hasMessageContaining("<!DOCTYPE html> <title>Open WebUI</title>")
                .hasMessageContaining("quarkus.llm.test.base-url");
    }
}
