package io.quarkiverse.llm.runtime.wire.responses;

import static io.quarkiverse.llm.runtime.wire.responses.SpoiltTurn.kinds;
import static io.quarkiverse.llm.runtime.wire.responses.SpoiltTurn.repairs;
import static io.quarkiverse.llm.runtime.wire.responses.SpoiltTurn.stream;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;

import org.junit.jupiter.api.Test;

import io.quarkiverse.llm.LlmResponse;
import io.quarkiverse.llm.Repair;
import io.vertx.core.json.JsonObject;

/** Servers whose ids and indexes are missing or wrong: the answer is that of an undisturbed stream. */
class ItemReferenceTest {

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
                .insert(3,
                        "{\"type\":\"response.function_call_arguments.delta\",\"delta\":\"{\\\"a\\\":1}\",\"item_id\":\"fc_7\"}")
                .insert(4,
                        "{\"type\":\"response.output_item.done\",\"item\":{\"arguments\":\"{\\\"a\\\":1}\",\"call_id\":\"fc_7\","
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
}
