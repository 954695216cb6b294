package io.quarkiverse.llm.runtime.wire.responses;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** The events of a stream as OpenAI sends them, to be spoilt by tests. */
final class OfficialStream {

    final List<JsonObject> events = new ArrayList<>();
    private final JsonArray output = new JsonArray();

    OfficialStream() {
        add("response.created", new JsonObject().put("response", response("in_progress")));
        add("response.in_progress", new JsonObject().put("response", response("in_progress")));
    }

    private static JsonObject response(String status) {
        return new JsonObject().put("id", "resp_1").put("object", "response").put("created_at", 1_700_000_000)
                .put("status", status).put("model", "gpt-5").put("output", new JsonArray()).putNull("usage")
                .putNull("error").putNull("incomplete_details");
    }

    private OfficialStream add(String type, JsonObject fields) {
        events.add(new JsonObject().put("type", type).put("sequence_number", events.size()).mergeIn(fields));
        return this;
    }

    OfficialStream message(String id, String... deltas) {
        JsonObject item = new JsonObject().put("id", id).put("type", "message").put("status", "in_progress")
                .put("content", new JsonArray()).put("role", "assistant");
        String text = String.join("", deltas);
        begin(item);
        part(id, "added", text(""));
        for (String delta : deltas) {
            content(id, "response.output_text.delta", "delta", delta, new JsonObject().put("logprobs", new JsonArray()));
        }
        content(id, "response.output_text.done", "text", text, new JsonObject().put("logprobs", new JsonArray()));
        part(id, "done", text(text));
        return end(item.copy().put("status", "completed").put("content", new JsonArray().add(text(text))));
    }

    private static JsonObject text(String text) {
        return new JsonObject().put("type", "output_text").put("annotations", new JsonArray())
                .put("logprobs", new JsonArray()).put("text", text);
    }

    OfficialStream reasoning(String id, String... deltas) {
        JsonObject item = new JsonObject().put("id", id).put("type", "reasoning").put("summary", new JsonArray());
        String text = String.join("", deltas);
        JsonObject part = new JsonObject().put("type", "summary_text");
        begin(item);
        summary(id, "response.reasoning_summary_part.added", "part", part.copy().put("text", ""));
        for (String delta : deltas) {
            summary(id, "response.reasoning_summary_text.delta", "delta", delta);
        }
        summary(id, "response.reasoning_summary_text.done", "text", text);
        summary(id, "response.reasoning_summary_part.done", "part", part.copy().put("text", text));
        return end(item.copy().put("summary", new JsonArray().add(part.copy().put("text", text)))
                .put("encrypted_content", "gAAA"));
    }

    OfficialStream call(String id, String callId, String name, String... deltas) {
        JsonObject item = new JsonObject().put("id", id).put("type", "function_call").put("status", "in_progress")
                .put("arguments", "").put("call_id", callId).put("name", name);
        String arguments = String.join("", deltas);
        begin(item);
        for (String delta : deltas) {
            ofItem(id, "response.function_call_arguments.delta", "delta", delta);
        }
        ofItem(id, "response.function_call_arguments.done", "arguments", arguments);
        return end(item.copy().put("status", "completed").put("arguments", arguments));
    }

    private void begin(JsonObject item) {
        add("response.output_item.added", new JsonObject().put("output_index", output.size()).put("item", item));
    }

    private OfficialStream end(JsonObject item) {
        add("response.output_item.done", new JsonObject().put("output_index", output.size()).put("item", item));
        output.add(item);
        return this;
    }

    private void ofItem(String id, String type, String field, Object value) {
        add(type, new JsonObject().put("item_id", id).put("output_index", output.size()).put(field, value));
    }

    private void content(String id, String type, String field, Object value, JsonObject more) {
        add(type, new JsonObject().put("item_id", id).put("output_index", output.size()).put("content_index", 0)
                .put(field, value).mergeIn(more));
    }

    private void summary(String id, String type, String field, Object value) {
        add(type, new JsonObject().put("item_id", id).put("output_index", output.size()).put("summary_index", 0)
                .put(field, value));
    }

    private void part(String id, String step, JsonObject part) {
        content(id, "response.content_part." + step, "part", part, new JsonObject());
    }

    OfficialStream complete() {
        return terminal("completed", new JsonObject());
    }

    OfficialStream terminal(String status, JsonObject more) {
        return add("response." + status, new JsonObject().put("response", response(status).put("output", output)
                .put("usage", new JsonObject().put("input_tokens", 7).put("output_tokens", 9).put("total_tokens", 16))
                .mergeIn(more)));
    }

    /** The last event's response. */
    JsonObject response() {
        return events.get(events.size() - 1).getJsonObject("response");
    }

    OfficialStream without(String... types) {
        events.removeIf(event -> List.of(types).contains(event.getString("type")));
        return this;
    }

    OfficialStream withoutIf(Predicate<JsonObject> unwanted) {
        events.removeIf(unwanted);
        return this;
    }

    OfficialStream each(Consumer<JsonObject> change) {
        events.forEach(change);
        return this;
    }

    /** Takes fields away from all events, and from the items and parts in them. */
    OfficialStream lacking(String... fields) {
        return each(event -> {
            for (String field : fields) {
                event.remove(field);
                for (String object : List.of("item", "part", "response")) {
                    if (event.getValue(object) instanceof JsonObject nested) {
                        nested.remove(field);
                    }
                }
            }
        });
    }

    OfficialStream insert(int index, String event) {
        events.add(index, new JsonObject(event));
        return this;
    }

    /** Moves all events of these types to right before the last event. */
    OfficialStream burst(String... types) {
        List<JsonObject> moved = events.stream().filter(event -> List.of(types).contains(event.getString("type"))).toList();
        events.removeAll(moved);
        events.addAll(events.size() - 1, moved);
        return this;
    }

    List<String> payloads() {
        return events.stream().map(JsonObject::encode).toList();
    }
}
