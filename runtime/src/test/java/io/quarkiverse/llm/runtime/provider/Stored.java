package io.quarkiverse.llm.runtime.provider;

import java.util.ArrayList;
import java.util.List;

import io.quarkiverse.llm.scripted.Answer;
import io.quarkiverse.llm.scripted.RecordedRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** What a server that stores responses answers. */
final class Stored {

    static final String ID = "resp_1";

    private Stored() {
    }

    /** A response that has said this so far. */
    static JsonObject response(String status, String text) {
        JsonArray output = new JsonArray();
        if (!text.isEmpty()) {
            output.add(new JsonObject().put("type", "message").put("id", "msg_1").put("role", "assistant")
                    .put("status", status.equals("completed") ? "completed" : "in_progress")
                    .put("content", new JsonArray().add(new JsonObject().put("type", "output_text").put("text", text)
                            .put("annotations", new JsonArray()))));
        }
        return new JsonObject().put("id", ID).put("object", "response").put("created_at", 1_700_000_000).put("model", "m")
                .put("status", status).put("output", output).putNull("error").putNull("usage");
    }

    static JsonObject failed(String code, String message) {
        return response("failed", "").put("error", new JsonObject().put("code", code).put("message", message));
    }

    static Answer answer(String status, String text) {
        return Answer.json(response(status, text));
    }

    /** The stream of a background response that says these words, from the event after this one. */
    static Answer stream(long startingAfter, String... deltas) {
        return Answer.sse(text(startingAfter, deltas));
    }

    /** The same, after these lines. */
    static Answer streamAfter(String lines, long startingAfter, String... deltas) {
        return Answer.sse(lines + text(startingAfter, deltas));
    }

    /** The stream from its beginning to somewhere inside the data of the event with this number. */
    static Answer streamCutInside(int number, String... deltas) {
        String from = text(number - 1, deltas);
        String whole = text(-1, deltas);
        return Answer.sse(whole.substring(0, whole.length() - from.length() + from.indexOf('{') + 20));
    }

    private static String text(long startingAfter, String... deltas) {
        StringBuilder stream = new StringBuilder();
        List<JsonObject> events = events(deltas);
        for (int number = (int) startingAfter + 1; number < events.size(); number++) {
            JsonObject event = events.get(number).put("sequence_number", number);
            stream.append("event: ").append(event.getString("type")).append("\ndata: ").append(event.encode()).append("\n\n");
        }
        return stream.toString();
    }

    /** What the request for a stream says. */
    static long startingAfter(RecordedRequest request) {
        return Long.parseLong(request.query().replaceFirst("stream=true&starting_after=", ""));
    }

    private static List<JsonObject> events(String... deltas) {
        JsonObject message = response("completed", String.join("", deltas)).getJsonArray("output").getJsonObject(0);
        JsonObject part = message.getJsonArray("content").getJsonObject(0);
        JsonObject empty = part.copy().put("text", "");
        List<JsonObject> events = new ArrayList<>();
        events.add(event("response.created").put("response", response("queued", "")));
        events.add(event("response.in_progress").put("response", response("in_progress", "")));
        events.add(event("response.output_item.added").put("output_index", 0)
                .put("item", message.copy().put("status", "in_progress").put("content", new JsonArray())));
        events.add(ofPart("response.content_part.added").put("part", empty));
        for (String delta : deltas) {
            events.add(ofPart("response.output_text.delta").put("delta", delta));
        }
        events.add(ofPart("response.output_text.done").put("text", part.getString("text")));
        events.add(ofPart("response.content_part.done").put("part", part));
        events.add(event("response.output_item.done").put("output_index", 0).put("item", message));
        events.add(event("response.completed").put("response", response("completed", String.join("", deltas))));
        return events;
    }

    /** The number of the event that carries the delta with this number, both from 0. */
    static int numberOfDelta(int delta) {
        return 4 + delta;
    }

    private static JsonObject ofPart(String type) {
        return event(type).put("item_id", "msg_1").put("output_index", 0).put("content_index", 0);
    }

    private static JsonObject event(String type) {
        return new JsonObject().put("type", type);
    }
}
