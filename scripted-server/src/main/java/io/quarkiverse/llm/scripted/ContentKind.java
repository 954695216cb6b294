package io.quarkiverse.llm.scripted;

import io.quarkiverse.llm.scripted.Step.Channel;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** What a part of an item of the Responses API can be, with the names that its events have for it. */
enum ContentKind {

    OUTPUT_TEXT("response.content_part", "response.output_text", "content_index", "output_text", "text"),
    REFUSAL("response.content_part", "response.refusal", "content_index", "refusal", "refusal"),
    SUMMARY("response.reasoning_summary_part", "response.reasoning_summary_text", "summary_index", "summary_text", "text");

    final String partEvent;
    final String textEvent;
    final String indexKey;
    private final String type;
    private final String textKey;

    ContentKind(String partEvent, String textEvent, String indexKey, String type, String textKey) {
        this.partEvent = partEvent;
        this.textEvent = textEvent;
        this.indexKey = indexKey;
        this.type = type;
        this.textKey = textKey;
    }

    static ContentKind of(Channel channel) {
        return switch (channel) {
            case CONTENT -> OUTPUT_TEXT;
            case REASONING -> SUMMARY;
            case REFUSAL -> REFUSAL;
        };
    }

    JsonObject part(String text) {
        JsonObject part = new JsonObject().put("type", type);
        if (this == OUTPUT_TEXT) {
            part.put("annotations", new JsonArray()).put("logprobs", new JsonArray());
        }
        return part.put(textKey, text);
    }

    /** Adds a delta to its event. */
    JsonObject delta(JsonObject event, String delta) {
        return withLogprobs(event.put("delta", delta));
    }

    /** Adds the whole text to its event. */
    JsonObject done(JsonObject event, String text) {
        return withLogprobs(event.put(textKey, text));
    }

    private JsonObject withLogprobs(JsonObject event) {
        return this == OUTPUT_TEXT ? event.put("logprobs", new JsonArray()) : event;
    }
}
