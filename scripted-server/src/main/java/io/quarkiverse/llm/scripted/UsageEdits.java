package io.quarkiverse.llm.scripted;

import java.util.List;

import io.vertx.core.json.JsonObject;

/** Changes to where the token counts are said. They have no effect where the request did not ask for usage. */
final class UsageEdits {

    private static final String KEY = "usage";

    private UsageEdits() {
    }

    static void moveToLastContentChunk(List<JsonObject> chunks) {
        move(chunks, (usage, chunk) -> chunk.put(KEY, usage));
    }

    static void moveToXGroq(List<JsonObject> chunks) {
        move(chunks, (usage, chunk) -> chunk.put("x_groq", new JsonObject().put("id", "req_groq").put(KEY, usage)));
    }

    static void remove(List<JsonObject> chunks) {
        move(chunks, (usage, chunk) -> {
        });
    }

    static void emptyBeforeEnd(List<JsonObject> chunks) {
        chunks.stream().filter(chunk -> ChunkEdits.choice(chunk) != null).forEach(chunk -> chunk.put(KEY, new JsonObject()));
    }

    static void onEveryChunk(List<JsonObject> chunks) {
        int end = ChunkEdits.last(chunks, UsageEdits::isUsageChunk);
        if (end < 0) {
            return;
        }
        int prompt = chunks.get(end).getJsonObject(KEY).getInteger("prompt_tokens");
        for (int i = 0; i < end; i++) {
            if (ChunkEdits.choice(chunks.get(i)) != null) {
                chunks.get(i).put(KEY, new JsonObject().put("prompt_tokens", prompt).put("completion_tokens", i)
                        .put("total_tokens", prompt + i));
            }
        }
    }

    private interface Move {
        void to(JsonObject usage, JsonObject chunk);
    }

    private static void move(List<JsonObject> chunks, Move move) {
        int from = ChunkEdits.last(chunks, UsageEdits::isUsageChunk);
        if (from < 0) {
            return;
        }
        JsonObject usage = chunks.remove(from).getJsonObject(KEY);
        chunks.forEach(chunk -> chunk.remove(KEY));
        int to = ChunkEdits.last(chunks, chunk -> ChunkEdits.choice(chunk) != null);
        if (to >= 0) {
            move.to(usage, chunks.get(to));
        }
    }

    private static boolean isUsageChunk(JsonObject chunk) {
        return ChunkEdits.choice(chunk) == null && chunk.getValue(KEY) instanceof JsonObject;
    }
}
