package io.quarkiverse.llm.scripted;

import java.util.ArrayList;
import java.util.List;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** Changes to deltas and to the chunks around them. */
final class DeltaEdits {

    private DeltaEdits() {
    }

    static void addNullContent(JsonObject delta) {
        if (!delta.containsKey("content")) {
            delta.put("content", null);
        }
    }

    static void addEmptyContent(JsonObject delta) {
        if (!delta.containsKey("content")) {
            delta.put("content", "");
        }
    }

    static void reasoningInBothFields(JsonObject delta) {
        String text = reasoning(delta);
        if (text != null) {
            delta.put(ReasoningField.REASONING_CONTENT.key(), text).put(ReasoningField.REASONING.key(), text);
        }
    }

    static void contentAsArray(JsonObject delta) {
        String text = reasoning(delta);
        if (text != null) {
            delta.remove(ReasoningField.REASONING_CONTENT.key());
            delta.remove(ReasoningField.REASONING.key());
            delta.put("content", new JsonArray().add(new JsonObject().put("type", "thinking")
                    .put("thinking", new JsonArray().add(textPart(text)))));
        } else if (delta.getValue("content") instanceof String content && !content.isEmpty()) {
            delta.put("content", new JsonArray().add(textPart(content)));
        }
    }

    private static JsonObject textPart(String text) {
        return new JsonObject().put("type", "text").put("text", text);
    }

    private static String reasoning(JsonObject delta) {
        String text = delta.getString(ReasoningField.REASONING_CONTENT.key());
        return text != null ? text : delta.getString(ReasoningField.REASONING.key());
    }

    static void moveIndexIntoDelta(JsonObject choice) {
        choice.getJsonObject("delta").put("index", choice.remove("index"));
    }

    static void repeatRoleChunk(List<JsonObject> chunks) {
        for (int processed = 1; processed <= 2 && !chunks.isEmpty(); processed++) {
            chunks.add(1, chunks.get(0).copy()
                    .put("prompt_progress", new JsonObject().put("total", 2).put("processed", 3 - processed)));
        }
    }

    static void addUnknownFields(JsonObject json) {
        json.put("timings", new JsonObject().put("predicted_ms", 1.5).put("nested", new JsonArray().add("]}").addNull()));
        JsonObject choice = ChunkEdits.choice(json);
        if (choice != null) {
            choice.put("matched_stop", null).put("content_filter_results", new JsonObject());
            if (choice.getValue("delta") instanceof JsonObject delta) {
                delta.put("vendor_note", "\"content\":\"not this\"");
            }
        }
    }

    static void addUnknownChunks(List<JsonObject> chunks) {
        List<JsonObject> mixed = new ArrayList<>();
        for (JsonObject chunk : chunks) {
            mixed.add(new JsonObject().put("type", "heartbeat").put("elapsed", mixed.size()));
            mixed.add(chunk);
        }
        chunks.clear();
        chunks.addAll(mixed);
    }
}
