package io.quarkiverse.llm.scripted;

import java.util.List;
import java.util.function.Consumer;

import io.vertx.core.json.JsonObject;

/** A failure after the stream has begun. */
final class ErrorEdits {

    private ErrorEdits() {
    }

    /** Puts the frame in place of the second half of the chunks. */
    static Consumer<List<JsonObject>> failInTheMiddle(String frame) {
        return chunks -> {
            chunks.subList(chunks.size() / 2, chunks.size()).clear();
            chunks.add(Json.object(frame));
        };
    }
}
