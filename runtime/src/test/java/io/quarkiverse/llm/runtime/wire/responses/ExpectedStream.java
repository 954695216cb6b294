package io.quarkiverse.llm.runtime.wire.responses;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/**
 * What a recorded stream becomes when it is decoded and encoded: itself, but for the differences that are here, each with its
 * reason.
 */
final class ExpectedStream {

    /** What every resource of ours has, for the suite of Open Responses and for strict clients. */
    private static final JsonObject DEFAULTS = new JsonObject("""
            {"presence_penalty": 0, "frequency_penalty": 0, "top_logprobs": 0, "max_tool_calls": null, "background": false,
             "safety_identifier": null, "prompt_cache_key": null, "completed_at": null}""");

    private final List<JsonObject> events = new ArrayList<>();
    private String name;
    private String cipher;
    private boolean deltas;

    private ExpectedStream() {
    }

    /**
     * @param encoded what is compared, for what only it can know: times and ids that are made up
     */
    static List<JsonObject> of(List<JsonObject> recorded, List<JsonObject> encoded) {
        ExpectedStream expected = new ExpectedStream();
        recorded.forEach(event -> expected.add(event.copy()));
        JsonObject last = encoded.get(encoded.size() - 1).getJsonObject("response");
        for (int i = 0; i < expected.events.size(); i++) {
            // One recording has no numbers, and an event more moves those of the ones behind it.
            JsonObject event = expected.events.get(i).put("sequence_number", i);
            if (event.getValue("response") instanceof JsonObject response) {
                made(response, last);
            }
        }
        return expected.events;
    }

    private static void made(JsonObject response, JsonObject last) {
        if (response.getString("status").equals("completed") && response.getValue("completed_at") == null) {
            // Older servers did not tell when they were done.
            response.put("completed_at", last.getValue("completed_at"));
        }
        if (last.getString("status").equals("failed")) {
            // A response that fails before it has content is not handed on: there is only the failure.
            response.put("id", last.getValue("id")).put("created_at", last.getValue("created_at"));
        }
    }

    private void add(JsonObject event) {
        String type = event.getString("type");
        // Padding against eavesdroppers, random in each event.
        event.remove("obfuscation");
        if (event.getValue("response") instanceof JsonObject response) {
            resource(response);
        }
        if (event.getValue("item") instanceof JsonObject item) {
            name = item.getString("name");
            cipher = item.getString("encrypted_content", cipher);
            deltas &= !type.endsWith("added");
            item(item, type.endsWith("added") ? "in_progress" : "completed");
        }
        switch (type) {
            case "error" -> {
                // In the nested form of OpenAI's servers and in the flat one of its specification at once.
                JsonObject error = event.getJsonObject("error");
                event.mergeIn(new JsonObject().put("code", error.getValue("code")).put("message", error.getValue("message"))
                        .put("param", error.getValue("param")));
            }
            case "response.function_call_arguments.done" -> {
                if (!deltas) {
                    // LM Studio tells the arguments only at their end; a subscriber gets them in deltas, and so do clients.
                    events.add(delta(event, "function_call_arguments", "arguments"));
                }
                // The specification has the name, the servers do not.
                event.put("name", name);
            }
            case "response.output_item.done" -> {
                if ("custom_tool_call".equals(event.getJsonObject("item").getString("type"))) {
                    customDone(event.getJsonObject("item"), event);
                }
            }
            default -> deltas |= type.endsWith(".delta");
        }
        events.add(event);
    }

    private static JsonObject delta(JsonObject done, String kind, String field) {
        return new JsonObject().put("type", "response." + kind + ".delta").put("item_id", done.getValue("item_id"))
                .put("output_index", done.getValue("output_index")).put("delta", done.getValue(field));
    }

    /** The recording of it was written by hand and lacks this event, which the specification has. */
    private void customDone(JsonObject item, JsonObject event) {
        events.add(new JsonObject().put("type", "response.custom_tool_call_input.done").put("item_id", item.getValue("id"))
                .put("output_index", event.getValue("output_index")).put("input", item.getValue("input")));
    }

    private static void item(JsonObject item, String status) {
        if ("reasoning".equals(item.getString("type")) && new JsonArray().equals(item.getValue("content"))) {
            // LM Studio says that there is none, others say nothing, and strict clients want no content of reasoning at all.
            item.remove("content");
        }
        if ("custom_tool_call".equals(item.getString("type")) && !item.containsKey("status")) {
            // Another thing that the one by hand lacks.
            item.put("status", status);
        }
    }

    private static String text(JsonObject response) {
        StringBuilder text = new StringBuilder();
        response.getJsonArray("output").stream().map(JsonObject.class::cast)
                .filter(item -> "message".equals(item.getString("type")))
                .flatMap(item -> item.getJsonArray("content").stream()).map(JsonObject.class::cast)
                .filter(part -> "output_text".equals(part.getString("type")))
                .forEach(part -> text.append(part.getString("text")));
        return text.toString();
    }

    private void resource(JsonObject response) {
        // What is null and not required says nothing.
        Set.copyOf(response.fieldNames()).stream().filter(field -> response.getValue(field) == null)
                .filter(field -> !ResponseResource.FIELDS.contains(field)).forEach(response::remove);
        DEFAULTS.stream().filter(field -> !response.containsKey(field.getKey()))
                .forEach(field -> response.put(field.getKey(), field.getValue()));
        if (!response.containsKey("service_tier")) {
            response.put("service_tier", response.getString("status").equals("in_progress") ? "auto" : "default");
        }
        if (!response.getString("status").equals("in_progress") && !response.getString("status").equals("queued")) {
            // What the SDKs put together themselves, for clients without one.
            response.put("output_text", text(response));
        }
        JsonObject usage = response.getJsonObject("usage");
        if (usage != null && !usage.getJsonObject("input_tokens_details").containsKey("cache_write_tokens")) {
            // Newer than the recordings, and required by strict clients.
            usage.getJsonObject("input_tokens_details").put("cache_write_tokens", 0);
        }
        JsonArray output = response.getJsonArray("output");
        for (int i = 0; i < output.size(); i++) {
            item(output.getJsonObject(i), "completed");
            if (output.getJsonObject(i).containsKey("encrypted_content")) {
                // Encrypted anew each time that it is told. To a subscriber the item is the one that was complete before.
                output.getJsonObject(i).put("encrypted_content", cipher);
            }
        }
    }
}
