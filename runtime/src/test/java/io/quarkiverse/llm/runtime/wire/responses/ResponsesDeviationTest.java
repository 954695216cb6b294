package io.quarkiverse.llm.runtime.wire.responses;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Test;

import io.quarkiverse.llm.FinishReason;
import io.quarkiverse.llm.LlmResponse;
import io.quarkiverse.llm.Repair;
import io.quarkiverse.llm.ResponseStatus;
import io.quarkiverse.llm.Usage;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** Servers that are only almost OpenAI: the answer is that of an undisturbed stream, and what was repaired is counted. */
class ResponsesDeviationTest {

    private static final String[] DONE = { "response.output_text.done", "response.content_part.done",
            "response.reasoning_summary_text.done", "response.reasoning_summary_part.done",
            "response.function_call_arguments.done", "response.output_item.done" };

    private static OfficialStream stream() {
        return new OfficialStream().reasoning("rs_1", "Rain", "?").message("msg_1", "Let me ", "look.")
                .call("fc_1", "call_a", "weather", "{\"city\"", ":\"Oslo\"}")
                .call("fc_2", "call_b", "clock", "{\"zone\":", "\"CET\"}").complete();
    }

    /** That the answer is what it should be. */
    private static Map<Repair, Integer> repairs(OfficialStream stream) {
        Decoding decoding = new Decoding();
        LlmResponse response = decoding.whole(stream.payloads());
        assertThat(response.reasoningText()).isEqualTo("Rain?");
        assertThat(response.text()).isEqualTo("Let me look.");
        assertThat(response.toolCalls()).extracting(call -> call.name() + call.arguments())
                .containsExactly("weather{\"city\":\"Oslo\"}", "clock{\"zone\":\"CET\"}");
        assertThat(response.status()).isEqualTo(ResponseStatus.COMPLETED);
        assertThat(response.finishReason()).isEqualTo(FinishReason.TOOL_CALLS);
        assertThat(response.usage()).contains(Usage.of(7, 9));
        assertThat(response.output()).hasSize(4);
        return response.repairs();
    }

    private static Set<Repair> kinds(OfficialStream stream) {
        return repairs(stream).keySet();
    }

    @Test
    void an_official_stream_needs_no_repair() {
        assertThat(repairs(stream())).isEmpty();
    }

    @Test
    void no_item_ids_in_events_output_indexes_tell() {
        assertThat(kinds(stream().lacking("item_id"))).containsExactly(Repair.MISSING_ITEM_REFERENCE);
    }

    @Test
    void no_output_indexes_llama_cpp_ids_tell() {
        assertThat(kinds(stream().lacking("output_index"))).containsExactly(Repair.MISSING_INDEX);
    }

    @Test
    void neither_ids_nor_indexes_order_tells() {
        assertThat(kinds(stream().lacking("item_id", "output_index", "content_index", "summary_index")))
                .contains(Repair.MISSING_ITEM_REFERENCE, Repair.MISSING_INDEX);
    }

    @Test
    void items_without_ids_get_made_up_ones() {
        OfficialStream stream = stream().lacking("id", "item_id");
        stream.response().getJsonArray("output").forEach(item -> ((JsonObject) item).remove("id"));

        assertThat(kinds(stream)).contains(Repair.MISSING_ITEM_ID, Repair.MISSING_RESPONSE_ID);
    }

    @Test
    void items_without_ids_whose_content_names_them() {
        OfficialStream stream = stream().each(event -> {
            if (event.getString("type").equals("response.output_item.added")) {
                event.getJsonObject("item").remove("id");
            }
        });

        assertThat(kinds(stream)).containsExactly(Repair.MISSING_ITEM_ID);
    }

    @Test
    void a_function_call_item_without_an_id_and_with_fc_in_its_call_id() {
        OfficialStream stream = new OfficialStream().complete().insert(2,
                "{\"type\":\"response.output_item.added\",\"item\":{\"arguments\":\"\",\"call_id\":\"fc_7\",\"name\":\"Read\","
                        + "\"status\":\"in_progress\",\"type\":\"function_call\"}}")
                .insert(3, "{\"type\":\"response.function_call_arguments.delta\",\"delta\":\"{\\\"a\\\":1}\",\"item_id\":\"fc_7\"}")
                .insert(4, "{\"type\":\"response.output_item.done\",\"item\":{\"arguments\":\"{\\\"a\\\":1}\",\"call_id\":\"fc_7\","
                        + "\"name\":\"Read\",\"status\":\"completed\",\"type\":\"function_call\"}}");

        LlmResponse response = Decoding.ofEvents(stream.payloads());

        assertThat(response.toolCalls()).singleElement().satisfies(call -> {
            assertThat(call.callId()).isEqualTo("fc_7");
            assertThat(call.name()).isEqualTo("Read");
            assertThat(call.arguments()).isEqualTo("{\"a\":1}");
            assertThat(call.id().orElseThrow()).startsWith("fc_").isNotEqualTo("fc_7");
        });
    }

    @Test
    void missing_call_ids_are_made_up() {
        OfficialStream stream = stream().lacking("call_id");
        stream.response().getJsonArray("output").forEach(item -> ((JsonObject) item).remove("call_id"));

        assertThat(repairs(stream)).containsOnly(Map.entry(Repair.MISSING_CALL_ID, 2));
    }

    @Test
    void one_call_id_for_two_calls_is_made_unique() {
        LlmResponse response = Decoding.ofEvents(new OfficialStream().call("fc_1", "same", "f", "{}")
                .call("fc_2", "same", "g", "{}").complete().payloads());

        assertThat(response.toolCalls()).extracting(call -> call.name()).containsExactly("f", "g");
        assertThat(response.toolCalls()).extracting(call -> call.callId()).doesNotHaveDuplicates();
        assertThat(response.repairs()).containsEntry(Repair.MISSING_CALL_ID, 1);
    }

    @Test
    void one_item_id_for_two_calls_is_made_unique() {
        LlmResponse response = Decoding.ofEvents(new OfficialStream().call("fc", "call_a", "f", "{\"x\":", "1}")
                .call("fc", "call_b", "g", "{\"y\":", "2}").complete().payloads());

        assertThat(response.toolCalls()).extracting(call -> call.name() + call.arguments())
                .containsExactly("f{\"x\":1}", "g{\"y\":2}");
        assertThat(response.output()).extracting(item -> item.id()).doesNotHaveDuplicates();
    }

    @Test
    void ids_that_change_from_event_to_event_output_indexes_tell() {
        OfficialStream stream = stream();
        int[] number = { 0 };
        stream.each(event -> {
            if (event.containsKey("item_id")) {
                event.put("item_id", "x" + number[0]++);
            }
            if (event.getValue("item") instanceof JsonObject item) {
                event.put("item", item.copy().put("id", "x" + number[0]++));
            }
        });

        assertThat(kinds(stream)).containsExactly(Repair.MISSING_ITEM_REFERENCE);
    }

    @Test
    void all_output_indexes_are_0_and_ids_tell() {
        OfficialStream stream = stream().each(event -> event.put("output_index", 0));

        assertThat(kinds(stream)).containsExactly(Repair.MISSING_INDEX);
    }

    @Test
    void all_output_indexes_are_0_and_there_are_no_ids() {
        OfficialStream stream = stream().each(event -> event.put("output_index", 0)).lacking("item_id", "id");

        assertThat(kinds(stream)).contains(Repair.MISSING_ITEM_ID);
    }

    @Test
    void created_and_in_progress_before_each_delta_llama_cpp() {
        OfficialStream stream = stream();
        List<JsonObject> events = new ArrayList<>();
        for (JsonObject event : stream.events) {
            if (event.getString("type").endsWith(".delta")) {
                events.addAll(stream.events.subList(0, 2));
            }
            events.add(event);
        }
        stream.events.clear();
        stream.events.addAll(events);

        assertThat(repairs(stream)).containsOnly(Map.entry(Repair.REPEATED_START, 16));
    }

    @Test
    void in_progress_repeated_before_the_first_item_is_legal() {
        assertThat(repairs(stream().insert(1, "{\"type\":\"response.in_progress\",\"response\":{\"id\":\"resp_1\"}}"))).isEmpty();
    }

    @Test
    void no_lifecycle_events_at_the_beginning() {
        assertThat(kinds(stream().without("response.created", "response.in_progress"))).contains(Repair.MISSING_START);
    }

    @Test
    void an_announcement_without_model_and_time_llama_cpp() {
        OfficialStream stream = stream();
        stream.events.get(0).put("response", new JsonObject().put("id", "resp_1"));
        stream.events.get(1).put("response", new JsonObject().put("id", "resp_1"));

        assertThat(kinds(stream)).containsExactlyInAnyOrder(Repair.MISSING_MODEL, Repair.MISSING_CREATED_AT);
        LlmResponse response = Decoding.ofEvents(stream.payloads());
        assertThat(response.model()).isEqualTo("gpt-5");
        assertThat(response.createdAt().getEpochSecond()).isEqualTo(1_700_000_000);
    }

    @Test
    void items_that_are_never_added() {
        assertThat(kinds(stream().without("response.output_item.added"))).contains(Repair.ITEM_NEVER_ADDED);
    }

    @Test
    void items_that_are_never_added_and_parts_neither() {
        assertThat(kinds(stream().without("response.output_item.added", "response.content_part.added",
                "response.reasoning_summary_part.added"))).contains(Repair.ITEM_NEVER_ADDED, Repair.PART_NEVER_ADDED);
    }

    @Test
    void several_calls_in_a_row_without_being_added_and_without_ids() {
        assertThat(kinds(stream().without("response.output_item.added").lacking("item_id", "output_index")))
                .contains(Repair.ITEM_NEVER_ADDED);
    }

    @Test
    void several_calls_in_a_row_of_which_only_the_deltas_and_the_last_event_come() {
        assertThat(kinds(stream().without("response.output_item.added").without(DONE))).contains(Repair.ITEM_NEVER_ADDED,
                Repair.MISSING_DONE);
    }

    @Test
    void several_calls_in_a_row_of_which_only_deltas_without_ids_and_the_last_event_come() {
        assertThat(kinds(stream().without("response.output_item.added").without(DONE).lacking("item_id", "output_index")))
                .contains(Repair.ITEM_NEVER_ADDED, Repair.MISSING_DONE);
    }

    @Test
    void only_the_ends_of_items() {
        assertThat(kinds(stream().withoutIf(event -> {
            String type = event.getString("type");
            return !type.matches("response\\.(created|output_item\\.done|completed)");
        }))).containsExactly(Repair.ITEM_NEVER_ADDED);
    }

    @Test
    void only_the_last_event() {
        assertThat(kinds(stream().withoutIf(event -> !event.getString("type").equals("response.completed"))))
                .containsExactlyInAnyOrder(Repair.MISSING_START, Repair.ITEM_NEVER_ADDED);
    }

    @Test
    void all_ends_in_one_burst_llama_cpp() {
        assertThat(kinds(stream().burst(DONE))).containsExactly(Repair.INTERLEAVED_ITEMS);
    }

    @Test
    void all_ends_in_one_burst_without_ids_and_indexes() {
        OfficialStream stream = stream().burst(DONE).lacking("item_id", "output_index");
        stream.each(event -> {
            if (event.getValue("item") instanceof JsonObject item) {
                event.put("item", item.copy());
                event.getJsonObject("item").remove("id");
            }
        });

        assertThat(kinds(stream)).contains(Repair.INTERLEAVED_ITEMS);
    }

    @Test
    void no_ends_but_the_last_event() {
        assertThat(kinds(stream().without(DONE))).contains(Repair.MISSING_DONE);
    }

    @Test
    void no_end_of_arguments_llama_cpp_takes_those_of_the_item() {
        assertThat(repairs(stream().without("response.function_call_arguments.done")))
                .containsOnly(Map.entry(Repair.MISSING_DONE, 2));
    }

    @Test
    void arguments_only_at_their_end_lm_studio() {
        assertThat(repairs(stream().without("response.function_call_arguments.delta")))
                .containsOnly(Map.entry(Repair.MISSING_DELTAS, 2));
    }

    @Test
    void arguments_only_in_the_item_litellm_27144() {
        assertThat(kinds(stream().without("response.function_call_arguments.delta", "response.function_call_arguments.done")))
                .containsExactlyInAnyOrder(Repair.MISSING_DELTAS, Repair.MISSING_DONE);
    }

    @Test
    void the_end_of_arguments_without_a_name_async_openai_472() {
        assertThat(repairs(stream().each(event -> event.remove("name")))).isEmpty();
    }

    @Test
    void texts_only_at_their_end() {
        assertThat(repairs(stream().without("response.output_text.delta", "response.reasoning_summary_text.delta")))
                .containsOnly(Map.entry(Repair.MISSING_DELTAS, 2));
    }

    @Test
    void content_before_its_part() {
        assertThat(repairs(stream().without("response.content_part.added")))
                .containsOnly(Map.entry(Repair.PART_NEVER_ADDED, 1));
    }

    @Test
    void summaries_without_parts_ollama() {
        assertThat(repairs(stream().without("response.reasoning_summary_part.added", "response.reasoning_summary_part.done")))
                .containsOnly(Map.entry(Repair.PART_NEVER_ADDED, 1));
    }

    @Test
    void content_before_its_item() {
        OfficialStream stream = stream();
        JsonObject added = stream.events.stream().filter(event -> event.getString("type").equals("response.output_item.added"))
                .skip(1).findFirst().orElseThrow();
        int index = stream.events.indexOf(added);
        stream.events.remove(added);
        stream.events.add(index + 2, added);

        assertThat(repairs(stream)).containsOnly(Map.entry(Repair.ITEM_NEVER_ADDED, 1));
    }

    @Test
    void an_item_that_is_added_twice() {
        OfficialStream stream = stream();
        stream.events.add(3, stream.events.get(2));

        assertThat(repairs(stream)).containsOnly(Map.entry(Repair.REPEATED_START, 1));
    }

    @Test
    void interleaved_calls_xai() {
        OfficialStream stream = stream();
        List<JsonObject> first = stream.events.stream().filter(event -> isOf(event, "fc_1")).toList();
        List<JsonObject> second = stream.events.stream().filter(event -> isOf(event, "fc_2")).toList();
        int index = stream.events.indexOf(first.get(0));
        stream.events.removeAll(first);
        stream.events.removeAll(second);
        for (int i = first.size() - 1; i >= 0; i--) {
            stream.events.add(index, second.get(i));
            stream.events.add(index, first.get(i));
        }

        assertThat(repairs(stream)).containsOnly(Map.entry(Repair.INTERLEAVED_ITEMS, 1));
    }

    private static boolean isOf(JsonObject event, String id) {
        return id.equals(event.getString("item_id")) || event.getValue("item") instanceof JsonObject item
                && id.equals(item.getString("id"));
    }

    @Test
    void a_last_event_with_empty_output_keeps_what_streamed() {
        OfficialStream stream = stream();
        stream.response().put("output", new JsonArray());

        assertThat(repairs(stream)).containsOnly(Map.entry(Repair.MISSING_OUTPUT, 4));
    }

    @Test
    void a_last_event_with_more_than_streamed_brings_the_missing_items() {
        OfficialStream stream = stream();
        stream.events.removeIf(event -> isOf(event, "fc_2"));

        assertThat(repairs(stream)).containsOnly(Map.entry(Repair.ITEM_NEVER_ADDED, 1));
    }

    @Test
    void arguments_as_json_and_not_as_a_string() {
        OfficialStream stream = stream().without("response.function_call_arguments.delta",
                "response.function_call_arguments.done").each(event -> {
                    if (event.getValue("item") instanceof JsonObject item && item.containsKey("arguments")
                            && !item.getString("arguments").isEmpty()) {
                        event.put("item", item.copy().put("arguments", new JsonObject(item.getString("arguments"))));
                    }
                });

        assertThat(kinds(stream)).contains(Repair.MISSING_DELTAS);
    }

    @Test
    void types_only_as_names_of_the_sse_events() {
        Decoding decoding = new Decoding();
        for (JsonObject event : stream().events) {
            String type = (String) event.remove("type");
            decoding.event(type, event.encode());
        }

        assertThat(decoding.response().text()).isEqualTo("Let me look.");
        assertThat(decoding.response().toolCalls()).hasSize(2);
    }

    @Test
    void done_after_the_last_event_open_responses() {
        List<String> payloads = new ArrayList<>(stream().payloads());
        payloads.add("[DONE]");

        assertThat(Decoding.ofEvents(payloads).repairs()).isEmpty();
    }

    @Test
    void done_instead_of_the_last_event() {
        List<String> payloads = new ArrayList<>(stream().without("response.completed").payloads());
        payloads.add("[DONE]");

        LlmResponse response = Decoding.ofEvents(payloads);

        assertThat(response.text()).isEqualTo("Let me look.");
        assertThat(response.repairs()).containsOnly(Map.entry(Repair.MISSING_END, 1));
    }

    @Test
    void signs_of_life_are_no_events() {
        Decoding decoding = new Decoding();
        List<String> payloads = new ArrayList<>(stream().payloads());
        payloads.add(3, "{\"type\":\"keepalive\",\"sequence_number\":3}");
        payloads.add(4, "{\"type\":\"response.rate_limits.updated\",\"rate_limits\":[]}");
        LlmResponse response = decoding.whole(payloads);

        assertThat(response.repairs()).isEmpty();
        assertThat(decoding.events(io.quarkiverse.llm.LlmEvent.UnknownEvent.class)).isEmpty();
    }

    @Test
    void usage_that_is_empty_is_none_zed_42893() {
        OfficialStream stream = stream();
        stream.response().put("usage", new JsonObject());

        assertThat(Decoding.ofEvents(stream.payloads()).usage()).isEmpty();
    }
}
