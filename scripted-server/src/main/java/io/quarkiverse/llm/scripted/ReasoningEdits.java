package io.quarkiverse.llm.scripted;

import java.util.List;
import java.util.function.Consumer;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** Other forms of the events that carry reasoning, which are official ones of a summary to begin with. */
final class ReasoningEdits {

    private static final String PART = "response.reasoning_summary_part";
    private static final String TEXT = "response.reasoning_summary_text";

    private ReasoningEdits() {
    }

    static void summaryWithoutParts(List<JsonObject> events) {
        events.removeIf(event -> EventEdits.type(event).startsWith(PART));
    }

    /**
     * Reasoning as content.
     *
     * @param part what the events of its part are called; empty: there are none
     * @param text what the events of its text are called
     */
    static Consumer<List<JsonObject>> asContent(String part, String text) {
        return events -> {
            if (part.isEmpty()) {
                summaryWithoutParts(events);
            }
            for (JsonObject event : events) {
                String type = EventEdits.type(event);
                if (type.startsWith(PART) || type.startsWith(TEXT)) {
                    event.put("type", type.replace(PART, part).replace(TEXT, text))
                            .put("content_index", event.remove("summary_index"));
                }
                if (event.getValue("part") instanceof JsonObject content) {
                    toReasoningText(content);
                }
                EventEdits.items(event).forEach(ReasoningEdits::toContent);
            }
        };
    }

    /** Reasoning as llama.cpp streams it: nothing but its deltas. */
    static void deltasAlone(List<JsonObject> events) {
        asContent("", "response.reasoning_text").accept(events);
        events.removeIf(event -> EventEdits.is(event, "response.reasoning_text.done"));
    }

    private static void toContent(JsonObject item) {
        if (item.getValue("summary") instanceof JsonArray summary) {
            summary.forEach(part -> toReasoningText((JsonObject) part));
            item.put("content", summary).put("summary", new JsonArray());
        }
    }

    private static void toReasoningText(JsonObject part) {
        if ("summary_text".equals(part.getValue("type"))) {
            part.put("type", "reasoning_text");
        }
    }
}
