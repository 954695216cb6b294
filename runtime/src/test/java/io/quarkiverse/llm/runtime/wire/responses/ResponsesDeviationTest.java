package io.quarkiverse.llm.runtime.wire.responses;

import static io.quarkiverse.llm.runtime.wire.responses.SpoiltTurn.kinds;
import static io.quarkiverse.llm.runtime.wire.responses.SpoiltTurn.repairs;
import static io.quarkiverse.llm.runtime.wire.responses.SpoiltTurn.stream;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import io.quarkiverse.llm.LlmResponse;
import io.quarkiverse.llm.Repair;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** Servers that are only almost OpenAI: the answer is that of an undisturbed stream, and what was repaired is counted. */
class ResponsesDeviationTest {

    private static final String[] DONE = { "response.output_text.done", "response.content_part.done",
            "response.reasoning_summary_text.done", "response.reasoning_summary_part.done",
            "response.function_call_arguments.done", "response.output_item.done" };

    @Test
    void an_official_stream_needs_no_repair() {
        assertThat(repairs(stream())).isEmpty();
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
        assertThat(repairs(stream().insert(1, "{\"type\":\"response.in_progress\",\"response\":{\"id\":\"resp_1\"}}")))
                .isEmpty();
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

    private static boolean isOf(JsonObject event, String id) {
        return id.equals(event.getString("item_id")) || event.getValue("item") instanceof JsonObject item
                && id.equals(item.getString("id"));
    }
}
