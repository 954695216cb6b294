package io.quarkiverse.llm.runtime.wire.responses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.llm.Content;
import io.quarkiverse.llm.FinishReason;
import io.quarkiverse.llm.ItemStatus;
import io.quarkiverse.llm.LlmBadRequestException;
import io.quarkiverse.llm.LlmDecodeException;
import io.quarkiverse.llm.LlmEvent;
import io.quarkiverse.llm.LlmEvent.ReasoningDelta;
import io.quarkiverse.llm.LlmEvent.TextDelta;
import io.quarkiverse.llm.LlmEvent.ToolCallComplete;
import io.quarkiverse.llm.LlmEvent.UnknownEvent;
import io.quarkiverse.llm.LlmException;
import io.quarkiverse.llm.LlmQuotaException;
import io.quarkiverse.llm.LlmRateLimitException;
import io.quarkiverse.llm.LlmResponse;
import io.quarkiverse.llm.LlmServerException;
import io.quarkiverse.llm.LlmTruncatedStreamException;
import io.quarkiverse.llm.Message;
import io.quarkiverse.llm.OpaqueItem;
import io.quarkiverse.llm.Reasoning;
import io.quarkiverse.llm.Repair;
import io.quarkiverse.llm.ResponseStatus;
import io.quarkiverse.llm.ToolCall;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** What comes of the events of the Responses API, and of its failures. */
class ResponsesDecoderTest {

    private static final String CREATED = "{\"type\":\"response.created\",\"response\":{\"id\":\"resp_1\",\"model\":\"m\","
            + "\"created_at\":1700000000,\"status\":\"in_progress\",\"output\":[]}}";

    private static String item(String step, int index, String item) {
        return "{\"type\":\"response.output_item." + step + "\",\"output_index\":" + index + ",\"item\":" + item + "}";
    }

    private static String end(String status, String more) {
        return "{\"type\":\"response." + status + "\",\"response\":{\"id\":\"resp_1\",\"model\":\"m\",\"status\":\"" + status
                + "\"" + more + "}}";
    }

    private static String text(String delta) {
        return "{\"type\":\"response.output_text.delta\",\"item_id\":\"msg_1\",\"output_index\":0,\"content_index\":0,"
                + "\"delta\":\"" + delta + "\"}";
    }

    private static String part(String step, String part) {
        return "{\"type\":\"response.content_part." + step + "\",\"item_id\":\"msg_1\",\"output_index\":0,"
                + "\"content_index\":0,\"part\":" + part + "}";
    }

    private static final String MESSAGE = item("added", 0,
            "{\"id\":\"msg_1\",\"type\":\"message\",\"status\":\"in_progress\",\"role\":\"assistant\",\"content\":[]}");
    private static final String PART = part("added", "{\"type\":\"output_text\",\"text\":\"\"}");

    @Test
    void nothing_is_handed_on_before_there_is_content() {
        Decoding decoding = new Decoding();
        decoding.event(CREATED);
        decoding.event(MESSAGE);
        decoding.event(PART);
        assertThat(decoding.events).isEmpty();
        assertThat(decoding.decoder.partial()).isEmpty();

        decoding.event(text("Hi"));

        assertThat(decoding.events).extracting(event -> event.getClass().getSimpleName()).containsExactly("ResponseStarted",
                "ItemStarted", "TextDelta");
    }

    @Test
    void an_answer_without_items_is_a_whole_answer() {
        LlmResponse response = Decoding.ofEvents(CREATED, end("completed", ",\"output\":[]"));

        assertThat(response.output()).isEmpty();
        assertThat(response.finishReason()).isEqualTo(FinishReason.STOP);
    }

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

        LlmException failure = decoding.failureOf(List.of("{\"id\":\"1\",\"object\":\"chat.completion.chunk\",\"choices\":[]}"));

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
            "{\"error\":{\"type\":\"insufficient_quota\",\"message\":\"No\"}}",
            "{\"type\":\"error\",\"code\":\"insufficient_quota\",\"message\":\"No\",\"error\":{\"code\":\"insufficient_quota\","
                    + "\"message\":\"No\"}}" })
    void an_error_event_nested_flat_bare_and_both(String error) {
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
    void arguments_cut_in_the_middle_of_the_json_make_an_incomplete_call_whatever_the_server_says() {
        Decoding decoding = new Decoding();
        LlmResponse response = decoding.whole(new OfficialStream().call("fc_1", "call_a", "f", "{\"x\":1}")
                .call("fc_2", "call_b", "g", "{\"y\": \"unfin").complete().payloads());

        assertThat(response.status()).isEqualTo(ResponseStatus.INCOMPLETE);
        assertThat(response.toolCalls()).extracting(ToolCall::name).containsExactly("f");
        assertThat(((ToolCall) response.output().get(1)).arguments()).isEqualTo("{\"y\": \"unfin");
        assertThat(decoding.events(ToolCallComplete.class)).hasSize(1);
        assertThat(response.repairs()).containsOnlyKeys(Repair.FALSELY_COMPLETED);
    }

    @Test
    void a_call_completes_at_the_end_of_its_arguments() {
        Decoding decoding = new Decoding();
        List<String> payloads = new OfficialStream().call("fc_1", "call_a", "f", "{\"x\":1}").complete().payloads();
        payloads.subList(0, payloads.size() - 2).forEach(decoding::event);

        assertThat(decoding.events(ToolCallComplete.class)).hasSize(1);
        assertThat(decoding.events(LlmEvent.ItemComplete.class)).isEmpty();
    }

    @Test
    void no_arguments_at_all_mean_an_empty_object() {
        LlmResponse response = Decoding.ofEvents(new OfficialStream().call("fc_1", "call_a", "f").complete().payloads());

        assertThat(response.toolCalls()).extracting(ToolCall::arguments).containsExactly("{}");
    }

    @Test
    void a_custom_call_takes_text_that_is_no_json() {
        LlmResponse response = Decoding.ofEvents(CREATED,
                item("added", 0, "{\"id\":\"ctc_1\",\"type\":\"custom_tool_call\",\"status\":\"in_progress\","
                        + "\"call_id\":\"call_a\",\"name\":\"sql\",\"input\":\"\"}"),
                "{\"type\":\"response.custom_tool_call_input.delta\",\"item_id\":\"ctc_1\",\"output_index\":0,\"delta\":\"SELECT \"}",
                "{\"type\":\"response.custom_tool_call_input.delta\",\"item_id\":\"ctc_1\",\"output_index\":0,\"delta\":\"1\"}",
                "{\"type\":\"response.custom_tool_call_input.done\",\"item_id\":\"ctc_1\",\"output_index\":0,\"input\":\"SELECT 1\"}",
                item("done", 0, "{\"id\":\"ctc_1\",\"type\":\"custom_tool_call\",\"status\":\"completed\","
                        + "\"call_id\":\"call_a\",\"name\":\"sql\",\"input\":\"SELECT 1\"}"),
                end("completed", ",\"output\":[{\"id\":\"ctc_1\",\"type\":\"custom_tool_call\"}]"));

        assertThat(response.toolCalls()).singleElement().satisfies(call -> {
            assertThat(call.kind()).isEqualTo(ToolCall.Kind.CUSTOM);
            assertThat(call.arguments()).isEqualTo("SELECT 1");
        });
        assertThat(response.repairs()).isEmpty();
    }

    @Test
    void a_hosted_tool_is_kept_as_it_came_and_its_events_stay_in_their_place() {
        String done = "{\"id\":\"ws_1\",  \"type\":\"web_search_call\",\"status\":\"completed\",\"action\":{\"query\":\"\\u00e4\"}}";
        String searching = "{\"type\":\"response.web_search_call.searching\", \"output_index\":0,\"item_id\":\"ws_1\"}";
        Decoding decoding = new Decoding();
        // async-openai #548: an item without its action
        LlmResponse response = decoding.whole(List.of(CREATED,
                item("added", 0, "{\"id\":\"ws_1\",\"type\":\"web_search_call\",\"status\":\"in_progress\"}"), searching,
                item("done", 0, done), end("completed", ",\"output\":[" + done + "]")));

        assertThat(response.output()).singleElement().isInstanceOfSatisfying(OpaqueItem.class,
                item -> assertThat(item.json().text()).isEqualTo(done));
        assertThat(decoding.events).extracting(event -> event.getClass().getSimpleName()).containsExactly("ResponseStarted",
                "ItemStarted", "UnknownEvent", "ItemComplete", "ResponseCompleted");
        assertThat(decoding.events(UnknownEvent.class).get(0).json().text()).isEqualTo(searching);
        assertThat(response.repairs()).isEmpty();
    }

    @Test
    void a_hosted_tool_that_failed_does_not_end_the_response() {
        LlmResponse response = Decoding.ofEvents(CREATED,
                item("added", 0, "{\"id\":\"mcp_1\",\"type\":\"mcp_call\"}"),
                "{\"type\":\"response.mcp_call.failed\",\"item_id\":\"mcp_1\",\"output_index\":0,\"error\":{\"message\":\"No\"}}",
                item("done", 0, "{\"id\":\"mcp_1\",\"type\":\"mcp_call\",\"error\":\"No\"}"),
                end("completed", ",\"output\":[{\"id\":\"mcp_1\",\"type\":\"mcp_call\"}]"));

        assertThat(response.status()).isEqualTo(ResponseStatus.COMPLETED);
    }

    @Test
    void an_opaque_item_without_an_id_stays_without() {
        LlmResponse response = Decoding.ofEvents(CREATED,
                item("done", 0, "{\"type\":\"compaction\",\"encrypted_content\":\"x\"}"), end("completed", ""));

        assertThat(response.output()).singleElement().isInstanceOfSatisfying(OpaqueItem.class,
                item -> assertThat(item.json().text()).isEqualTo("{\"type\":\"compaction\",\"encrypted_content\":\"x\"}"));
    }

    @Test
    void an_unknown_event_is_handed_on_word_for_word() {
        Decoding decoding = new Decoding();
        String unknown = "{\"type\":\"acme:trace\",  \"n\":1}";
        decoding.whole(List.of(CREATED, unknown, MESSAGE, PART, text("Hi"), end("completed", "")));

        assertThat(decoding.events(UnknownEvent.class)).singleElement().satisfies(event -> {
            assertThat(event.type()).isEqualTo("acme:trace");
            assertThat(event.json().text()).isEqualTo(unknown);
        });
    }

    @ParameterizedTest
    @CsvSource({ "reasoning_text, content_part", "reasoning, content_part", "reasoning_text, reasoning_part" })
    void reasoning_by_the_names_of_openai_of_open_responses_and_of_vllm(String events, String part) {
        Decoding decoding = new Decoding();
        String where = "\"item_id\":\"rs_1\",\"output_index\":0,\"content_index\":0";
        LlmResponse response = decoding.whole(List.of(CREATED,
                item("added", 0, "{\"id\":\"rs_1\",\"type\":\"reasoning\",\"summary\":[]}"),
                "{\"type\":\"response." + part + ".added\"," + where + ",\"part\":{\"type\":\"reasoning_text\",\"text\":\"\"}}",
                "{\"type\":\"response." + events + ".delta\"," + where + ",\"delta\":\"Rain\"}",
                "{\"type\":\"response." + events + ".delta\"," + where + ",\"delta\":\"?\"}",
                "{\"type\":\"response." + events + ".done\"," + where + ",\"text\":\"Rain?\"}",
                "{\"type\":\"response." + part + ".done\"," + where + ",\"part\":{\"type\":\"reasoning_text\",\"text\":\"Rain?\"}}",
                item("done", 0, "{\"id\":\"rs_1\",\"type\":\"reasoning\",\"summary\":[],"
                        + "\"content\":[{\"type\":\"reasoning_text\",\"text\":\"Rain?\"}]}"),
                end("completed", ",\"output\":[{\"id\":\"rs_1\",\"type\":\"reasoning\"}]")));

        assertThat(response.output()).singleElement().isInstanceOfSatisfying(Reasoning.class,
                reasoning -> assertThat(reasoning.content()).containsExactly("Rain?"));
        assertThat(decoding.events(ReasoningDelta.class)).allSatisfy(
                delta -> assertThat(delta.kind()).isEqualTo(ReasoningDelta.Kind.TEXT)).hasSize(2);
        assertThat(response.repairs()).isEmpty();
    }

    @Test
    void ollamas_reasoning_has_summary_deltas_without_parts_and_its_text_as_encrypted_content() {
        LlmResponse response = Decoding.ofEvents(CREATED,
                item("added", 0, "{\"id\":\"rs_1\",\"type\":\"reasoning\",\"summary\":[]}"),
                "{\"type\":\"response.reasoning_summary_text.delta\",\"item_id\":\"rs_1\",\"output_index\":0,"
                        + "\"summary_index\":0,\"delta\":\"Rain?\"}",
                "{\"type\":\"response.reasoning_summary_text.done\",\"item_id\":\"rs_1\",\"output_index\":0,"
                        + "\"summary_index\":0,\"text\":\"Rain?\"}",
                item("done", 0, "{\"id\":\"rs_1\",\"type\":\"reasoning\",\"encrypted_content\":\"Rain?\","
                        + "\"summary\":[{\"type\":\"summary_text\",\"text\":\"Rain?\"}]}"),
                end("completed", ",\"output\":[{\"id\":\"rs_1\",\"type\":\"reasoning\"}]"));

        assertThat(response.output()).singleElement().isInstanceOfSatisfying(Reasoning.class, reasoning -> {
            assertThat(reasoning.summary()).containsExactly("Rain?");
            assertThat(reasoning.encryptedContent()).contains("Rain?");
        });
        assertThat(response.repairs()).containsOnlyKeys(Repair.PART_NEVER_ADDED);
    }

    @Test
    void a_refusal_is_a_part_of_its_own() {
        Decoding decoding = new Decoding();
        String where = "\"item_id\":\"msg_1\",\"output_index\":0,\"content_index\":0";
        LlmResponse response = decoding.whole(List.of(CREATED, MESSAGE, part("added", "{\"type\":\"refusal\",\"refusal\":\"\"}"),
                "{\"type\":\"response.refusal.delta\"," + where + ",\"delta\":\"No\"}",
                "{\"type\":\"response.refusal.done\"," + where + ",\"refusal\":\"No\"}",
                part("done", "{\"type\":\"refusal\",\"refusal\":\"No\"}"),
                item("done", 0, "{\"id\":\"msg_1\",\"type\":\"message\",\"status\":\"completed\",\"role\":\"assistant\","
                        + "\"content\":[{\"type\":\"refusal\",\"refusal\":\"No\"}]}"),
                end("completed", ",\"output\":[{\"id\":\"msg_1\",\"type\":\"message\"}]")));

        assertThat(response.refusal()).contains("No");
        assertThat(decoding.events(LlmEvent.RefusalDelta.class)).hasSize(1);
        assertThat(response.repairs()).isEmpty();
    }

    @Test
    void log_probabilities_stay_with_their_delta_and_are_joined_in_the_message() {
        Decoding decoding = new Decoding();
        String delta = "{\"type\":\"response.output_text.delta\",\"item_id\":\"msg_1\",\"output_index\":0,\"content_index\":0,"
                + "\"delta\":\"%s\",\"logprobs\":[{\"token\":\"%s\",\"logprob\":-0.50}]}";
        LlmResponse response = decoding.whole(List.of(CREATED, MESSAGE, PART, delta.formatted("a", "a"),
                delta.formatted("b", "b"), end("completed", "")));

        assertThat(decoding.events(TextDelta.class)).extracting(text -> text.logprobs().orElseThrow().text())
                .containsExactly("[{\"token\":\"a\",\"logprob\":-0.50}]", "[{\"token\":\"b\",\"logprob\":-0.50}]");
        assertThat(((Content.Text) ((Message) response.output().get(0)).content().get(0)).logprobs().orElseThrow().text())
                .isEqualTo("[{\"token\":\"a\",\"logprob\":-0.50},{\"token\":\"b\",\"logprob\":-0.50}]");
    }

    @Test
    void annotations_that_come_only_with_the_end_get_their_events() {
        Decoding decoding = new Decoding();
        LlmResponse response = decoding.whole(List.of(CREATED, MESSAGE, PART, text("Hi"),
                part("done", "{\"type\":\"output_text\",\"text\":\"Hi\","
                        + "\"annotations\":[{\"type\":\"url_citation\",\"url\":\"http://a\"}]}"),
                end("completed", "")));

        assertThat(decoding.events(LlmEvent.AnnotationAdded.class)).singleElement()
                .satisfies(added -> assertThat(added.annotation().url()).contains("http://a"));
        assertThat(((Content.Text) ((Message) response.output().get(0)).content().get(0)).annotations()).hasSize(1);
        assertThat(response.repairs()).containsEntry(Repair.MISSING_DELTAS, 1);
    }

    @Test
    void the_end_of_a_text_counts_more_than_its_deltas_unless_it_says_less() {
        String done = "{\"type\":\"response.output_text.done\",\"item_id\":\"msg_1\",\"output_index\":0,\"content_index\":0,"
                + "\"text\":\"%s\"}";

        LlmResponse other = Decoding.ofEvents(CREATED, MESSAGE, PART, text("Hallo"), done.formatted("Hello"), end("completed", ""));
        LlmResponse less = Decoding.ofEvents(CREATED, MESSAGE, PART, text("Hello"), done.formatted(""), end("completed", ""));

        assertThat(other.text()).isEqualTo("Hello");
        assertThat(less.text()).isEqualTo("Hello");
        assertThat(other.repairs()).containsEntry(Repair.CONTRADICTING_DONE, 1);
        assertThat(less.repairs()).containsEntry(Repair.CONTRADICTING_DONE, 1);
    }

    @Test
    void the_phase_of_a_message_is_kept() {
        LlmResponse response = Decoding.ofBody("{\"object\":\"response\",\"id\":\"resp_1\",\"model\":\"m\",\"created_at\":1,"
                + "\"status\":\"completed\",\"output\":[{\"id\":\"msg_1\",\"type\":\"message\",\"role\":\"assistant\","
                + "\"phase\":\"commentary\",\"content\":[{\"type\":\"output_text\",\"text\":\"Hi\"}]}]}");

        assertThat(((Message) response.output().get(0)).phase()).contains("commentary");
        assertThat(response.repairs()).isEmpty();
    }

    @Test
    void a_text_and_a_call_in_one_answer_litellm_17246() {
        LlmResponse response = Decoding.ofEvents(new OfficialStream().message("msg_1", "Look:")
                .call("fc_1", "call_a", "f", "{}").complete().payloads());

        assertThat(response.text()).isEqualTo("Look:");
        assertThat(response.toolCalls()).hasSize(1);
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

    @ParameterizedTest
    @ValueSource(strings = { "queued", "in_progress", "cancelled" })
    void a_whole_response_that_is_not_over_is_a_response_of_that_status(String status) {
        LlmResponse response = Decoding.ofBody("{\"object\":\"response\",\"id\":\"resp_1\",\"model\":\"m\",\"created_at\":1,"
                + "\"status\":\"" + status + "\",\"output\":[]}");

        assertThat(response.status().wireName()).isEqualTo(status);
        assertThat(response.output()).isEmpty();
    }

    @Test
    void a_whole_response_has_all_that_belongs_to_it() {
        LlmResponse response = Decoding.ofBody("{\"object\":\"response\",\"id\":\"resp_2\",\"model\":\"m\",\"created_at\":1,"
                + "\"status\":\"incomplete\",\"incomplete_details\":{\"reason\":\"max_output_tokens\"},\"output\":[],"
                + "\"previous_response_id\":\"resp_1\",\"conversation\":{\"id\":\"conv_1\"},\"metadata\":{\"a\":\"b\"},"
                + "\"service_tier\":\"flex\"}");

        assertThat(response.status()).isEqualTo(ResponseStatus.INCOMPLETE);
        assertThat(response.finishReason()).isEqualTo(FinishReason.LENGTH);
        assertThat(response.previousResponseId()).contains("resp_1");
        assertThat(response.conversation()).contains("conv_1");
        assertThat(response.metadata()).containsEntry("a", "b");
        assertThat(response.serviceTier()).contains("flex");
    }

    @Test
    void a_whole_response_that_failed_is_a_failure_and_a_response_when_it_is_looked_up() {
        String body = "{\"object\":\"response\",\"id\":\"resp_1\",\"model\":\"m\",\"created_at\":1,\"status\":\"failed\","
                + "\"error\":{\"code\":\"rate_limit_exceeded\",\"message\":\"Slow down\"},\"output\":[]}";
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        List<LlmEvent> events = new ArrayList<>();

        assertThatThrownBy(() -> Decoding.ofBody(body)).isInstanceOf(LlmRateLimitException.class)
                .hasMessageContaining("Slow down");
        new ResponsesCodec(Decoding.settings().build()).storedResponseDecoder(events::add).body(bytes, 0, bytes.length);

        assertThat(((LlmEvent.ResponseCompleted) events.get(events.size() - 1)).response()).satisfies(response -> {
            assertThat(response.status()).isEqualTo(ResponseStatus.FAILED);
            assertThat(response.error().orElseThrow().code()).isEqualTo("rate_limit_exceeded");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = { "{\"object\":\"chat.completion\",\"choices\":[]}", "[]", "Hello", "{\"object\":\"list\"}" })
    void a_whole_answer_that_is_none_of_the_responses_api_is_a_decode_failure(String body) {
        assertThatThrownBy(() -> Decoding.ofBody(body)).isInstanceOf(LlmDecodeException.class);
    }

    @Test
    void the_fields_that_a_whole_response_lacks_are_made_up() {
        LlmResponse response = Decoding.ofBody(new JsonObject().put("output", new JsonArray()
                .add(new JsonObject().put("type", "function_call").put("name", "f").put("arguments", "{}"))).encode());

        assertThat(response.model()).isEqualTo("configured-model");
        assertThat(response.toolCalls()).singleElement().satisfies(call -> assertThat(call.callId()).startsWith("call_"));
        assertThat(response.repairs()).containsOnlyKeys(Repair.MISSING_RESPONSE_ID, Repair.MISSING_MODEL,
                Repair.MISSING_CREATED_AT, Repair.MISSING_ITEM_ID, Repair.MISSING_CALL_ID);
    }
}
