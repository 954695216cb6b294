package io.quarkiverse.llm.scripted;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** What the most exacting clients of the Responses API demand of a stream: order, numbers, ids, and that all agrees. */
final class ResponsesGrammar {

    private static final Set<String> FIELDS = Set.of("background", "completed_at", "created_at", "error", "frequency_penalty",
            "id", "incomplete_details", "instructions", "max_output_tokens", "max_tool_calls", "metadata", "model", "object",
            "output", "parallel_tool_calls", "presence_penalty", "previous_response_id", "prompt_cache_key", "reasoning",
            "safety_identifier", "service_tier", "status", "store", "temperature", "text", "tool_choice", "tools",
            "top_logprobs", "top_p", "truncation", "usage");

    private final List<JsonObject> events;
    private final List<JsonObject> items = new ArrayList<>();
    private JsonObject open;
    private JsonArray parts = new JsonArray();
    private String deltas = "";

    private ResponsesGrammar(List<JsonObject> events) {
        this.events = events;
    }

    static void check(List<JsonObject> events) {
        new ResponsesGrammar(events).check();
    }

    private void check() {
        for (int i = 0; i < events.size(); i++) {
            assertThat(events.get(i).getInteger("sequence_number")).isEqualTo(i);
        }
        assertThat(types()).startsWith("response.created").last().isIn(ResponsesStream.LAST);
        events.forEach(this::next);
        assertThat(open).as("left open").isNull();
        JsonObject last = events.get(events.size() - 1).getJsonObject("response");
        assertThat(last.getJsonArray("output")).isEqualTo(new JsonArray(items));
        assertThat(last.getJsonObject("usage")).isNotNull();
        assertThat(EventEdits.type(events.get(events.size() - 1))).isEqualTo("response." + last.getString("status"));
    }

    private List<String> types() {
        return events.stream().map(EventEdits::type).toList();
    }

    private void next(JsonObject event) {
        String type = EventEdits.type(event);
        if (event.containsKey("response")) {
            assertThat(event.getJsonObject("response").fieldNames()).containsAll(FIELDS);
        } else if (type.equals("response.output_item.added")) {
            assertThat(open).as("one at a time").isNull();
            assertThat(event.getInteger("output_index")).isEqualTo(items.size());
            open = event.getJsonObject("item");
            parts = new JsonArray();
            deltas = "";
        } else if (type.equals("response.output_item.done")) {
            end(event);
        } else {
            assertThat(event.getString("item_id")).isEqualTo(open.getString("id"));
            assertThat(event.getInteger("output_index")).isEqualTo(items.size());
            child(event, type);
        }
    }

    private void child(JsonObject event, String type) {
        Integer index = event.getInteger("content_index", event.getInteger("summary_index"));
        if (type.endsWith("part.added")) {
            assertThat(index).isEqualTo(parts.size());
            parts.add(event.getJsonObject("part"));
            deltas = "";
        } else if (EventEdits.isDelta(event)) {
            assertThat(index).isEqualTo(parts.isEmpty() ? null : Integer.valueOf(parts.size() - 1));
            deltas += event.getString("delta");
        } else if (type.endsWith("part.done")) {
            JsonObject part = event.getJsonObject("part");
            assertThat(part.getString("text", part.getString("refusal"))).isEqualTo(deltas);
            parts.getList().set(index, part);
        } else {
            assertThat(event.getString("text", event.getString("refusal", event.getString("arguments")))).isEqualTo(deltas);
        }
    }

    private void end(JsonObject event) {
        JsonObject item = event.getJsonObject("item");
        for (String key : List.of("id", "type", "call_id", "name", "role")) {
            assertThat(item.getValue(key)).isEqualTo(open.getValue(key));
        }
        if (EventEdits.isCall(item)) {
            assertThat(item.getString("arguments")).isEqualTo(deltas);
        } else {
            assertThat(item.getJsonArray(item.containsKey("summary") ? "summary" : "content")).isEqualTo(parts);
        }
        assertThat(items.stream().map(before -> before.getString("id"))).doesNotContain(item.getString("id"));
        items.add(item);
        open = null;
    }
}
