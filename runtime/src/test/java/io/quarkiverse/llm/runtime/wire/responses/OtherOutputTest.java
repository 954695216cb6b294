package io.quarkiverse.llm.runtime.wire.responses;

import static io.quarkiverse.llm.runtime.wire.responses.SpoiltTurn.repairs;
import static io.quarkiverse.llm.runtime.wire.responses.SpoiltTurn.stream;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.function.Consumer;

import org.junit.jupiter.api.Test;

import io.quarkiverse.llm.LlmResponse;
import io.quarkiverse.llm.Repair;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** Last events whose items stand elsewhere than they were streamed, and have other ids: nothing comes a second time. */
class OtherOutputTest {

    private static OfficialStream withOutput(Consumer<JsonArray> edit) {
        OfficialStream stream = stream();
        JsonArray output = stream.response().getJsonArray("output").copy();
        edit.accept(output);
        stream.response().put("output", output);
        return stream;
    }

    private static void eachItem(JsonArray output, Consumer<JsonObject> edit) {
        for (int i = 0; i < output.size(); i++) {
            edit.accept(output.getJsonObject(i));
        }
    }

    @Test
    void an_item_left_out_and_the_others_with_new_ids() {
        assertThat(repairs(withOutput(output -> {
            output.remove(0);
            eachItem(output, item -> item.put("id", item.getString("id") + "_again"));
        }))).containsOnly(Map.entry(Repair.MISSING_OUTPUT, 1));
    }

    @Test
    void an_item_left_out_and_the_others_without_ids() {
        assertThat(repairs(withOutput(output -> {
            output.remove(0);
            eachItem(output, item -> item.remove("id"));
        }))).containsOnly(Map.entry(Repair.MISSING_OUTPUT, 1));
    }

    @Test
    void an_item_left_out_and_the_others_with_new_ids_and_call_ids() {
        assertThat(repairs(withOutput(output -> {
            output.remove(0);
            eachItem(output, item -> item.put("id", item.getString("id") + "_again"));
            eachItem(output, item -> item.getMap().computeIfPresent("call_id", (name, id) -> id + "_again"));
        }))).containsOnly(Map.entry(Repair.MISSING_OUTPUT, 1));
    }

    @Test
    void an_item_that_did_not_come_in_front_of_the_others_with_new_ids() {
        OfficialStream stream = new OfficialStream().message("msg_1", "Hel", "lo").complete();
        stream.response().put("output", stream.response().getJsonArray("output").copy()
                .add(0, new JsonObject("{\"id\":\"rs_9\",\"type\":\"reasoning\",\"summary\":[]}")));
        stream.response().getJsonArray("output").getJsonObject(1).put("id", "msg_9");

        LlmResponse response = Decoding.ofEvents(stream.payloads());

        assertThat(response.text()).isEqualTo("Hello");
        assertThat(response.output()).hasSize(2);
        assertThat(response.repairs()).containsOnly(Map.entry(Repair.ITEM_NEVER_ADDED, 1));
    }

    @Test
    void a_text_that_is_told_a_little_differently() {
        OfficialStream stream = new OfficialStream().reasoning("rs_1", "Hm").message("msg_1", "Hello ").complete();
        JsonObject message = stream.response().getJsonArray("output").getJsonObject(1).copy().put("id", "msg_9");
        message.getJsonArray("content").getJsonObject(0).put("text", "Hello");
        stream.response().put("output", new JsonArray().add(message));

        LlmResponse response = Decoding.ofEvents(stream.payloads());

        assertThat(response.text()).isEqualTo("Hello ");
        assertThat(response.output()).hasSize(2);
    }

    @Test
    void a_message_of_another_text_is_not_the_one_that_is_told_as_well() {
        OfficialStream stream = new OfficialStream().message("msg_1", "One").message("msg_2", "Two").complete();
        stream.events.removeIf(event -> event.toString().contains("msg_1") && !event.getString("type").contains("completed"));
        stream.response().put("output", stream.response().getJsonArray("output").copy());
        stream.response().getJsonArray("output").getJsonObject(0).put("id", "msg_8");
        stream.response().getJsonArray("output").getJsonObject(1).put("id", "msg_9");

        LlmResponse response = Decoding.ofEvents(stream.payloads());

        assertThat(response.output()).hasSize(2);
        assertThat(response.text()).contains("One", "Two");
    }

    @Test
    void two_calls_with_the_same_arguments_are_two() {
        OfficialStream stream = new OfficialStream().call("fc_1", "call_a", "now", "{}").call("fc_2", "call_b", "now", "{}")
                .complete();
        JsonArray output = stream.response().getJsonArray("output").copy();
        eachItem(output, item -> item.put("id", item.getString("id") + "_again").put("call_id", item.getString("id")));
        stream.response().put("output", output);

        assertThat(Decoding.ofEvents(stream.payloads()).toolCalls()).extracting("callId").containsExactly("call_a", "call_b");
    }
}
