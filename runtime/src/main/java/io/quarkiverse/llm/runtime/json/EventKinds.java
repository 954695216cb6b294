package io.quarkiverse.llm.runtime.json;

import io.quarkiverse.llm.LlmEvent.ReasoningDelta;
import io.quarkiverse.llm.ToolCall;

/** The names of the kinds that events tell. */
final class EventKinds {

    private EventKinds() {
    }

    static String name(ReasoningDelta.Kind kind) {
        return kind == ReasoningDelta.Kind.SUMMARY ? "summary" : "text";
    }

    static String name(ToolCall.Kind kind) {
        return kind == ToolCall.Kind.FUNCTION ? "function" : "custom";
    }

    static ReasoningDelta.Kind reasoning(JsonValue kind) {
        return switch (kind.string()) {
            case "summary" -> ReasoningDelta.Kind.SUMMARY;
            case "text" -> ReasoningDelta.Kind.TEXT;
            default -> throw kind.wrong("must be summary or text");
        };
    }

    static ToolCall.Kind toolCall(JsonValue kind) {
        return switch (kind.string()) {
            case "function" -> ToolCall.Kind.FUNCTION;
            case "custom" -> ToolCall.Kind.CUSTOM;
            default -> throw kind.wrong("must be function or custom");
        };
    }
}
