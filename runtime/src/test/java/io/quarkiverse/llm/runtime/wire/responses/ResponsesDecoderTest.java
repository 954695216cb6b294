package io.quarkiverse.llm.runtime.wire.responses;

import static io.quarkiverse.llm.runtime.wire.responses.Told.CREATED;
import static io.quarkiverse.llm.runtime.wire.responses.Told.MESSAGE;
import static io.quarkiverse.llm.runtime.wire.responses.Told.PART;
import static io.quarkiverse.llm.runtime.wire.responses.Told.end;
import static io.quarkiverse.llm.runtime.wire.responses.Told.item;
import static io.quarkiverse.llm.runtime.wire.responses.Told.part;
import static io.quarkiverse.llm.runtime.wire.responses.Told.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.quarkiverse.llm.Content;
import io.quarkiverse.llm.FinishReason;
import io.quarkiverse.llm.ItemStatus;
import io.quarkiverse.llm.LlmEvent;
import io.quarkiverse.llm.LlmEvent.ReasoningDelta;
import io.quarkiverse.llm.LlmEvent.TextDelta;
import io.quarkiverse.llm.LlmEvent.ToolCallComplete;
import io.quarkiverse.llm.LlmEvent.UnknownEvent;
import io.quarkiverse.llm.LlmResponse;
import io.quarkiverse.llm.Message;
import io.quarkiverse.llm.OpaqueItem;
import io.quarkiverse.llm.Reasoning;
import io.quarkiverse.llm.Repair;
import io.quarkiverse.llm.ResponseStatus;
import io.quarkiverse.llm.ToolCall;

/** What comes of the events of the Responses API. */
class ResponsesDecoderTest {

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
    void a_last_event_without_a_response_keeps_what_was_announced() {
        LlmResponse response = Decoding.ofEvents(CREATED, MESSAGE, PART, text("Hi"), "{\"type\":\"response.completed\"}");

        assertThat(response.id()).isEqualTo("resp_1");
        assertThat(response.text()).isEqualTo("Hi");
    }

    @Test
    void a_whole_response_in_one_event() {
        LlmResponse response = Decoding.ofEvents("{\"object\":\"response\",\"id\":\"resp_1\",\"model\":\"m\",\"created_at\":1,"
                + "\"status\":\"completed\",\"output\":[{\"id\":\"msg_1\",\"type\":\"message\",\"role\":\"assistant\","
                + "\"content\":[{\"type\":\"output_text\",\"text\":\"Hi\"}]}]}", "[DONE]");

        assertThat(response.text()).isEqualTo("Hi");
        assertThat(response.repairs()).containsOnlyKeys(Repair.MISSING_START);
    }

    @Test
    void something_without_a_type_is_passed_over() {
        LlmResponse response = Decoding.ofEvents(CREATED, "{\"n\":1}", MESSAGE, PART, text("Hi"), "[1]",
                end("completed", ",\"output\":[{\"id\":\"msg_1\",\"type\":\"message\"}]"));

        assertThat(response.text()).isEqualTo("Hi");
        assertThat(response.repairs()).containsEntry(Repair.UNREADABLE_EVENT, 2);
    }

    @Test
    void reasoning_text_and_calls_that_llama_cpp_leaves_open_to_the_end() {
        Decoding decoding = new Decoding();
        LlmResponse response = decoding.whole(List.of(
                "{\"type\":\"response.created\",\"response\":{\"id\":\"resp_1\",\"object\":\"response\",\"status\":\"in_progress\"}}",
                "{\"type\":\"response.in_progress\",\"response\":{\"id\":\"resp_1\",\"status\":\"in_progress\"}}",
                "{\"type\":\"response.output_item.added\",\"item\":{\"id\":\"rs_1\",\"summary\":[],\"type\":\"reasoning\","
                        + "\"content\":[],\"encrypted_content\":\"\",\"status\":\"in_progress\"}}",
                "{\"type\":\"response.reasoning_text.delta\",\"delta\":\"Rain?\",\"item_id\":\"rs_1\"}",
                "{\"type\":\"response.output_item.added\",\"item\":{\"content\":[],\"id\":\"msg_1\",\"role\":\"assistant\","
                        + "\"status\":\"in_progress\",\"type\":\"message\"}}",
                "{\"type\":\"response.content_part.added\",\"item_id\":\"msg_1\",\"part\":{\"type\":\"output_text\",\"text\":\"\"}}",
                "{\"type\":\"response.output_text.delta\",\"item_id\":\"msg_1\",\"delta\":\"Look:\"}",
                "{\"type\":\"response.output_item.added\",\"item\":{\"id\":\"fc_1\",\"arguments\":\"\",\"call_id\":\"call_1\","
                        + "\"name\":\"f\",\"type\":\"function_call\",\"status\":\"in_progress\"}}",
                "{\"type\":\"response.function_call_arguments.delta\",\"delta\":\"{ }\",\"item_id\":\"fc_1\"}",
                "{\"type\":\"response.output_item.done\",\"item\":{\"id\":\"rs_1\",\"summary\":[],\"type\":\"reasoning\","
                        + "\"content\":[{\"text\":\"Rain?\",\"type\":\"reasoning_text\"}],\"encrypted_content\":\"\"}}",
                "{\"type\":\"response.output_text.done\",\"item_id\":\"msg_1\",\"text\":\"Look:\"}",
                "{\"type\":\"response.content_part.done\",\"item_id\":\"msg_1\",\"part\":{\"type\":\"output_text\","
                        + "\"annotations\":[],\"logprobs\":[],\"text\":\"Look:\"}}",
                "{\"type\":\"response.output_item.done\",\"item\":{\"type\":\"message\",\"status\":\"completed\",\"id\":\"msg_1\","
                        + "\"content\":[{\"type\":\"output_text\",\"annotations\":[],\"logprobs\":[],\"text\":\"Look:\"}],"
                        + "\"role\":\"assistant\"}}",
                "{\"type\":\"response.output_item.done\",\"item\":{\"type\":\"function_call\",\"status\":\"completed\",\"id\":\"fc_1\","
                        + "\"arguments\":\"{ }\",\"call_id\":\"call_1\",\"name\":\"f\"}}",
                "{\"type\":\"response.completed\",\"response\":{\"id\":\"resp_1\",\"created_at\":1795249027,\"status\":\"completed\","
                        + "\"model\":\"m\",\"output\":[{\"id\":\"rs_1\",\"type\":\"reasoning\"},{\"id\":\"msg_1\",\"type\":\"message\"},"
                        + "{\"id\":\"fc_1\",\"type\":\"function_call\",\"call_id\":\"call_1\"}],\"usage\":{\"input_tokens\":1,"
                        + "\"output_tokens\":2,\"total_tokens\":3}},\"timings\":{}}"));

        assertThat(response.output()).extracting(item -> item.id().orElseThrow()).containsExactly("rs_1", "msg_1", "fc_1");
        assertThat(response.output()).extracting(item -> item.status().orElseThrow()).containsOnly(ItemStatus.COMPLETED);
        assertThat(((Reasoning) response.output().get(0)).encryptedContent()).isEmpty();
        assertThat(response.repairs()).containsOnlyKeys(Repair.MISSING_MODEL, Repair.MISSING_CREATED_AT, Repair.MISSING_INDEX,
                Repair.PART_NEVER_ADDED, Repair.MISSING_DONE, Repair.INTERLEAVED_ITEMS);
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
                "{\"type\":\"response." + part + ".done\"," + where
                        + ",\"part\":{\"type\":\"reasoning_text\",\"text\":\"Rain?\"}}",
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
        LlmResponse response = decoding
                .whole(List.of(CREATED, MESSAGE, part("added", "{\"type\":\"refusal\",\"refusal\":\"\"}"),
                        "{\"type\":\"response.refusal.delta\"," + where + ",\"delta\":\"No\"}",
                        "{\"type\":\"response.refusal.done\"," + where + ",\"refusal\":\"No\"}",
                        part("done", "{\"type\":\"refusal\",\"refusal\":\"No\"}"),
                        item("done", 0,
                                "{\"id\":\"msg_1\",\"type\":\"message\",\"status\":\"completed\",\"role\":\"assistant\","
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

        LlmResponse other = Decoding.ofEvents(CREATED, MESSAGE, PART, text("Hallo"), done.formatted("Hello"),
                end("completed", ""));
        LlmResponse less = Decoding.ofEvents(CREATED, MESSAGE, PART, text("Hello"), done.formatted(""), end("completed", ""));

        assertThat(other.text()).isEqualTo("Hello");
        assertThat(less.text()).isEqualTo("Hello");
        assertThat(other.repairs()).containsEntry(Repair.CONTRADICTING_DONE, 1);
        assertThat(less.repairs()).containsEntry(Repair.CONTRADICTING_DONE, 1);
    }

    @Test
    void a_text_and_a_call_in_one_answer_litellm_17246() {
        LlmResponse response = Decoding.ofEvents(new OfficialStream().message("msg_1", "Look:")
                .call("fc_1", "call_a", "f", "{}").complete().payloads());

        assertThat(response.text()).isEqualTo("Look:");
        assertThat(response.toolCalls()).hasSize(1);
    }

    @Test
    void what_a_response_echoes_of_its_request_is_passed_over() {
        String echo = ",\"instructions\":\"{\",\"tools\":[{\"id\":\"x\",\"model\":\"y\"}],\"text\":{\"status\":\"failed\"}";
        LlmResponse response = Decoding.ofEvents(CREATED.replace(",\"status\"", echo + ",\"status\""), MESSAGE, PART,
                text("Hi"),
                end("completed", echo + ",\"metadata\":{\"a\":\"b\"},\"output\":[{\"id\":\"msg_1\",\"type\":\"message\"}]"));

        assertThat(response.id()).isEqualTo("resp_1");
        assertThat(response.model()).isEqualTo("m");
        assertThat(response.status()).isEqualTo(ResponseStatus.COMPLETED);
        assertThat(response.metadata()).containsEntry("a", "b");
    }

    @Test
    void events_without_content_are_not_held_without_end() {
        Decoding decoding = new Decoding();
        decoding.event(Told.CREATED);
        for (int i = 0; i < 256; i++) {
            decoding.event("{\"type\":\"vendor:waiting\",\"place\":" + i + "}");
        }
        assertThat(decoding.events).isEmpty();

        decoding.event("{\"type\":\"vendor:waiting\",\"place\":256}");

        assertThat(decoding.events(LlmEvent.ResponseStarted.class)).hasSize(1);
        assertThat(decoding.events(UnknownEvent.class)).hasSize(257);
    }
}
