package io.quarkiverse.llm.scripted;

import java.util.List;

import io.vertx.core.json.JsonObject;

/** Changes to where and how the finish reason is said. */
final class FinishEdits {

    private static final String KEY = "finish_reason";

    private FinishEdits() {
    }

    private static boolean isEnd(JsonObject choice) {
        return choice.getValue(KEY) instanceof String reason && !reason.isEmpty();
    }

    static void emptyUntilEnd(JsonObject choice) {
        if (!isEnd(choice)) {
            choice.put(KEY, "");
        }
    }

    static void absentUntilEnd(JsonObject choice) {
        if (!isEnd(choice)) {
            choice.remove(KEY);
        }
    }

    static void emptyAtEnd(JsonObject choice) {
        if (isEnd(choice)) {
            choice.put(KEY, "");
        }
    }

    static void removeDeltaAtEnd(JsonObject choice) {
        if (isEnd(choice)) {
            choice.remove("delta");
        }
    }

    static void nullDeltaAtEnd(JsonObject choice) {
        if (isEnd(choice)) {
            choice.put("delta", null);
        }
    }

    static void stopAfterToolCalls(JsonObject choice) {
        if ("tool_calls".equals(choice.getValue(KEY))) {
            choice.put(KEY, "stop");
        }
    }

    static void removeFinishChunk(List<JsonObject> chunks) {
        chunks.removeIf(FinishEdits::isFinishChunk);
    }

    static void joinFinishToLastDelta(List<JsonObject> chunks) {
        int at = ChunkEdits.last(chunks, FinishEdits::isFinishChunk);
        if (at > 0 && ChunkEdits.choice(chunks.get(at - 1)) != null) {
            JsonObject finish = chunks.remove(at);
            ChunkEdits.choice(chunks.get(at - 1)).put(KEY, ChunkEdits.choice(finish).getString(KEY));
        }
    }

    private static boolean isFinishChunk(JsonObject chunk) {
        JsonObject choice = ChunkEdits.choice(chunk);
        return choice != null && isEnd(choice);
    }
}
