package io.quarkiverse.llm.runtime.wire.chat;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import io.quarkiverse.llm.ItemStatus;
import io.quarkiverse.llm.LlmEvent;
import io.quarkiverse.llm.LlmEvent.ToolCallComplete;
import io.quarkiverse.llm.LlmEvent.ToolCallStart;
import io.quarkiverse.llm.LlmResponse;
import io.quarkiverse.llm.ResponseStatus;
import io.quarkiverse.llm.ToolCall;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** Tool calls from fragments that are numbered, named, both, neither, or wrongly. */
class ToolCallAssemblyTest {

    private final List<String> payloads = new ArrayList<>();

    private ToolCallAssemblyTest fragment(Integer index, String id, String name, String arguments) {
        JsonObject function = new JsonObject();
        if (name != null) {
            function.put("name", name);
        }
        if (arguments != null) {
            function.put("arguments", arguments);
        }
        JsonObject call = new JsonObject().put("function", function);
        if (index != null) {
            call.put("index", index);
        }
        if (id != null) {
            call.put("id", id);
        }
        return delta(new JsonObject().put("tool_calls", new JsonArray().add(call)));
    }

    private ToolCallAssemblyTest text(String text) {
        return delta(new JsonObject().put("content", text));
    }

    private ToolCallAssemblyTest delta(JsonObject delta) {
        payloads.add(choice(new JsonObject().put("delta", delta)));
        return this;
    }

    private static String choice(JsonObject choice) {
        return new JsonObject().put("choices", new JsonArray().add(choice)).encode();
    }

    private LlmResponse finish(String reason) {
        payloads.add(choice(new JsonObject().put("delta", new JsonObject()).put("finish_reason", reason)));
        return Decoding.ofEvents(payloads);
    }

    private List<String> calls() {
        return finish("tool_calls").toolCalls().stream().map(call -> call.name() + call.arguments()).toList();
    }

    @Test
    void fragments_of_parallel_calls_may_interleave_by_index() {
        fragment(0, "a", "f", "{\"x\"").fragment(1, "b", "g", "{\"y\"").fragment(0, null, null, ":1}")
                .fragment(1, null, null, ":2}");

        assertThat(calls()).containsExactly("f{\"x\":1}", "g{\"y\":2}");
    }

    @Test
    void all_indexes_0_and_different_ids_ollama_15457() {
        fragment(0, "a", "f", "{\"x\":1}").fragment(0, "b", "f", "{\"x\":2}").fragment(0, "c", "g", "{}");

        assertThat(calls()).containsExactly("f{\"x\":1}", "f{\"x\":2}", "g{}");
    }

    @Test
    void no_index_and_different_ids_ollama_7881() {
        fragment(null, "a", "f", "{\"x\"").fragment(null, "a", null, ":1}").fragment(null, "b", "f", "{\"x\":2}");

        assertThat(calls()).containsExactly("f{\"x\":1}", "f{\"x\":2}");
    }

    @Test
    void no_index_and_no_ids_go_by_order_and_name() {
        fragment(null, null, "f", "{\"x\"").fragment(null, null, null, ":1}").fragment(null, null, "f", "{\"x\":2}")
                .fragment(null, null, "g", "{}");

        assertThat(calls()).containsExactly("f{\"x\":1}", "f{\"x\":2}", "g{}");
    }

    @Test
    void two_calls_of_one_tool_without_index_and_ids_whose_arguments_follow_the_name() {
        fragment(null, null, "f", "").fragment(null, null, null, "{\"x\":1}").fragment(null, null, "f", "")
                .fragment(null, null, null, "{\"x\"").fragment(null, null, null, ":2}");

        assertThat(calls()).containsExactly("f{\"x\":1}", "f{\"x\":2}");
    }

    @Test
    void an_empty_id_on_continuation_vllm_18412() {
        fragment(0, "a", "f", "{\"x\"").fragment(0, "", null, ":1}");

        assertThat(calls()).containsExactly("f{\"x\":1}");
    }

    @Test
    void an_id_and_a_name_repeated_on_each_fragment_spring_ai_6374() {
        fragment(0, "a", "f", "{\"x\"").fragment(0, "a", "f", ":1}").fragment(1, "b", "f", "{}");

        assertThat(calls()).containsExactly("f{\"x\":1}", "f{}");
    }

    @Test
    void a_new_id_for_each_fragment_of_one_call() {
        fragment(0, "a1", "f", "{\"x\"").fragment(0, "a2", null, ":").fragment(0, "a3", null, "1}");

        assertThat(calls()).containsExactly("f{\"x\":1}");
    }

    @Test
    void an_index_that_counts_fragments_does_not_tear_a_call_apart() {
        fragment(0, "a", "f", "{\"x\"").fragment(1, "a", null, ":1}");

        assertThat(calls()).containsExactly("f{\"x\":1}");
    }

    @Test
    void one_id_for_two_calls_is_made_unique() {
        fragment(0, "same", "f", "{\"x\":1}").fragment(1, "same", "g", "{\"y\":2}");

        LlmResponse response = finish("tool_calls");
        assertThat(response.toolCalls()).extracting(ToolCall::name).containsExactly("f", "g");
        assertThat(response.toolCalls()).extracting(ToolCall::callId).doesNotHaveDuplicates();
    }

    @Test
    void a_call_that_is_sent_twice_is_one_call() {
        fragment(0, "a", "f", "{\"x\":1}").fragment(0, "a", "f", "{\"x\":1}");

        assertThat(calls()).containsExactly("f{\"x\":1}");
    }

    @Test
    void a_missing_id_is_made_up_and_stays_the_same_in_events_response_and_replay() {
        fragment(0, null, "f", "{}");
        payloads.add(choice(new JsonObject().put("finish_reason", "tool_calls")));
        Decoding decoding = new Decoding();
        payloads.forEach(decoding::event);
        decoding.decoder.end();

        String callId = decoding.events(ToolCallStart.class).get(0).callId();
        assertThat(callId).startsWith("call_");
        assertThat(decoding.events(ToolCallComplete.class).get(0).call().callId()).isEqualTo(callId);
        assertThat(decoding.events(LlmEvent.ResponseCompleted.class).get(0).response().toolCalls().get(0).callId())
                .isEqualTo(callId);
    }

    @Test
    void the_name_only_in_the_first_chunk_and_arguments_null_spring_ai_4790() {
        fragment(0, "a", "f", null).fragment(0, null, null, "{\"x\":1}");

        assertThat(calls()).containsExactly("f{\"x\":1}");
    }

    @Test
    void a_late_name_keeps_the_arguments_that_came_before_it() {
        fragment(0, "a", null, "{\"x\"").fragment(0, null, "f", ":1}");

        assertThat(calls()).containsExactly("f{\"x\":1}");
    }

    @Test
    void no_arguments_at_all_mean_an_empty_object() {
        fragment(0, "a", "f", "").fragment(1, "b", "g", null);

        assertThat(calls()).containsExactly("f{}", "g{}");
    }

    @Test
    void an_empty_object_before_the_real_arguments_is_a_placeholder() {
        fragment(0, "a", "f", "{}").fragment(0, null, null, "{\"x\"").fragment(0, null, null, ":1}");

        assertThat(calls()).containsExactly("f{\"x\":1}");
    }

    @Test
    void line_ends_after_the_last_brace_are_dropped() {
        fragment(0, "a", "f", "{\"x\":1}").fragment(0, null, null, "\n").text("Done").fragment(0, null, null, " ");

        assertThat(calls()).containsExactly("f{\"x\":1}");
    }

    @Test
    void a_call_completes_early_when_something_else_begins_and_its_object_is_whole() {
        fragment(0, "a", "f", "{\"x\":\"}\"}").text("And now");
        Decoding decoding = new Decoding();
        payloads.forEach(decoding::event);

        assertThat(decoding.events(ToolCallComplete.class)).hasSize(1);
    }

    @Test
    void a_call_whose_object_is_not_whole_waits_for_its_rest() {
        fragment(0, "a", "f", "{\"x\"").text("And now");
        Decoding decoding = new Decoding();
        payloads.forEach(decoding::event);

        assertThat(decoding.events(ToolCallComplete.class)).isEmpty();
        fragment(0, null, null, ":1}");
        assertThat(calls()).containsExactly("f{\"x\":1}");
    }

    @Test
    void arguments_cut_by_a_limit_never_complete() {
        fragment(0, "a", "f", "{\"x\":1}").fragment(1, "b", "g", "{\"y\": \"unfin");

        LlmResponse response = finish("length");
        assertThat(response.toolCalls()).extracting(ToolCall::name).containsExactly("f");
        assertThat(response.output()).extracting(item -> item.status().orElseThrow())
                .containsExactly(ItemStatus.COMPLETED, ItemStatus.INCOMPLETE);
        assertThat(response.status()).isEqualTo(ResponseStatus.INCOMPLETE);
    }

    @Test
    void no_arguments_yet_when_the_limit_cuts_are_not_an_empty_object() {
        fragment(0, "a", "f", "");

        assertThat(finish("length").toolCalls()).isEmpty();
    }

    @Test
    void arguments_that_are_no_json_make_an_incomplete_call_although_the_server_says_all_is_well() {
        fragment(0, "a", "f", "{x: yes");

        LlmResponse response = finish("tool_calls");
        assertThat(response.toolCalls()).isEmpty();
        assertThat(response.incompleteReason()).contains("invalid_tool_call");
    }

    @Test
    void a_call_that_never_gets_a_name_is_kept_but_not_executed() {
        fragment(0, "a", null, "{\"x\":1}");

        LlmResponse response = finish("tool_calls");
        assertThat(response.toolCalls()).isEmpty();
        assertThat(response.output()).hasSize(1);
    }

    @Test
    void a_custom_tool_takes_text_that_is_no_json() {
        delta(new JsonObject("{\"tool_calls\":[{\"index\":0,\"id\":\"a\",\"type\":\"custom\","
                + "\"custom\":{\"name\":\"sql\",\"input\":\"SELECT \"}}]}"));
        delta(new JsonObject("{\"tool_calls\":[{\"index\":0,\"custom\":{\"input\":\"1\"}}]}"));

        assertThat(finish("tool_calls").toolCalls()).singleElement().satisfies(call -> {
            assertThat(call.kind()).isEqualTo(ToolCall.Kind.CUSTOM);
            assertThat(call.arguments()).isEqualTo("SELECT 1");
        });
    }

    @Test
    void arguments_keep_the_white_space_of_the_model() {
        fragment(0, "a", "f", "{ \"x\"\n\n      : 10 }");

        assertThat(calls()).containsExactly("f{ \"x\"\n\n      : 10 }");
    }

    @Test
    void a_name_that_comes_after_the_whole_arguments_is_taken() {
        fragment(0, "a", null, "{\"x\":1}").fragment(0, null, "f", null);

        assertThat(calls()).containsExactly("f{\"x\":1}");
    }

    @Test
    void a_call_that_is_sent_again_with_other_white_space_is_one_call() {
        fragment(0, "a", "f", "{\"x\":1}").fragment(0, "a", "f", "{ \"x\": 1 }");

        assertThat(calls()).containsExactly("f{\"x\":1}");
    }

    @Test
    void a_call_that_is_sent_again_under_its_index_without_an_id_is_one_call() {
        fragment(0, null, "f", "{\"x\":1}").fragment(0, null, "f", "{\"x\":1}");

        assertThat(calls()).containsExactly("f{\"x\":1}");
    }

    @Test
    void an_id_that_comes_late_with_the_name_once_more_belongs_to_the_same_call() {
        fragment(null, null, "f", "").fragment(null, "a", "f", "{\"x\":1}");

        assertThat(calls()).containsExactly("f{\"x\":1}");
    }

    @Test
    void a_new_id_and_the_name_on_each_fragment_of_one_call() {
        fragment(0, "a1", "f", "{\"x\"").fragment(0, "a2", "f", ":").fragment(0, "a3", "f", "1}");

        assertThat(calls()).containsExactly("f{\"x\":1}");
    }

    @Test
    void an_index_that_counts_fragments_without_any_id() {
        fragment(0, null, "f", "{\"x\"").fragment(1, null, null, ":").fragment(2, null, null, "1}");

        assertThat(calls()).containsExactly("f{\"x\":1}");
    }

    @Test
    void arguments_that_are_json_but_no_object_are_not_executed() {
        delta(new JsonObject("{\"tool_calls\":[{\"index\":0,\"id\":\"a\",\"function\":{\"name\":\"f\",\"arguments\":[1]}}]}"));

        LlmResponse response = finish("tool_calls");
        assertThat(response.toolCalls()).isEmpty();
        assertThat(((ToolCall) response.output().get(0)).arguments()).isEqualTo("[1]");
    }

    @Test
    void arguments_that_say_null_mean_an_empty_object() {
        fragment(0, "a", "f", "null");

        assertThat(calls()).containsExactly("f{}");
    }

    @Test
    void an_empty_object_that_a_limit_cut_off_stays_in_the_item() {
        fragment(0, "a", "f", "{}");

        LlmResponse response = finish("length");
        assertThat(response.toolCalls()).isEmpty();
        assertThat(((ToolCall) response.output().get(0)).arguments()).isEqualTo("{}");
    }

    @Test
    void another_tool_under_the_same_index_whose_arguments_are_null_at_first() {
        fragment(0, null, "f", "{\"x\":1}").fragment(0, null, "g", null).fragment(0, null, null, "{\"x\":1}");

        assertThat(calls()).containsExactly("f{\"x\":1}", "g{\"x\":1}");
    }
}
