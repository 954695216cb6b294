package io.quarkiverse.llm.runtime.json;

import io.quarkiverse.llm.Item;
import io.quarkiverse.llm.LlmEvent;
import io.quarkiverse.llm.ToolCall;

/** Reads events. */
public final class EventReader {

    private EventReader() {
    }

    public static LlmEvent read(JsonFields event) {
        JsonValue type = event.required("type");
        return switch (type.string()) {
            case "response_started" -> new LlmEvent.ResponseStarted(string(event, "response_id"),
                    string(event, "model"), InstantJson.read(event.required("created_at")));
            case "item_started" -> new LlmEvent.ItemStarted(itemId(event), outputIndex(event), item(event, "item"));
            case "text_delta" -> new LlmEvent.TextDelta(itemId(event), outputIndex(event), index(event, "content_index"),
                    delta(event), event.raw("logprobs"));
            case "reasoning_delta" -> new LlmEvent.ReasoningDelta(itemId(event), outputIndex(event),
                    EventKinds.reasoning(event.required("kind")), index(event, "part_index"), delta(event));
            case "refusal_delta" -> new LlmEvent.RefusalDelta(itemId(event), outputIndex(event),
                    index(event, "content_index"), delta(event));
            case "annotation_added" -> new LlmEvent.AnnotationAdded(itemId(event), outputIndex(event),
                    index(event, "content_index"), index(event, "annotation_index"),
                    AnnotationReader.read(event.required("annotation").object()));
            case "tool_call_start" -> new LlmEvent.ToolCallStart(itemId(event), outputIndex(event),
                    EventKinds.toolCall(event.required("kind")), event.string("namespace"), string(event, "name"),
                    string(event, "call_id"));
            case "tool_call_arguments_delta" -> new LlmEvent.ToolCallArgumentsDelta(itemId(event), outputIndex(event),
                    string(event, "call_id"), delta(event));
            case "tool_call_complete" -> new LlmEvent.ToolCallComplete(itemId(event), outputIndex(event), call(event));
            case "item_complete" -> new LlmEvent.ItemComplete(itemId(event), outputIndex(event), item(event, "item"));
            // whose type the JSON does not tell
            case "response_parsed" -> new LlmEvent.ResponseParsed<>(event.required("value").raw());
            case "response_completed" -> new LlmEvent.ResponseCompleted(
                    ResponseReader.read(event.required("response").object()));
            case "unknown_event" -> new LlmEvent.UnknownEvent(string(event, "event_type"), event.required("json").raw());
            default -> throw type.wrong("is no type of an event: " + type.excerpt());
        };
    }

    private static String itemId(JsonFields event) {
        return string(event, "item_id");
    }

    private static int outputIndex(JsonFields event) {
        return index(event, "output_index");
    }

    private static String delta(JsonFields event) {
        return string(event, "delta");
    }

    private static String string(JsonFields event, String field) {
        return event.required(field).string();
    }

    private static int index(JsonFields event, String field) {
        return event.required(field).integer();
    }

    private static Item item(JsonFields event, String field) {
        return ItemReader.read(event.required(field).object());
    }

    private static ToolCall call(JsonFields event) {
        if (item(event, "call") instanceof ToolCall call) {
            return call;
        }
        throw event.required("call").wrong("must be a function_call or a custom_tool_call");
    }
}
