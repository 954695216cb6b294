package io.quarkiverse.llm.runtime.wire.chat;

import com.fasterxml.jackson.core.io.SerializedString;

import io.quarkiverse.llm.ToolCall;

/** A tool call while it is written: its name first, then its arguments piece by piece. */
final class CallChunks {

    private final ChunkOutput out;
    private final SerializedString head;
    private final SerializedString tail;
    private boolean hasArguments;

    /**
     * @param index which of the calls of the answer it is
     */
    CallChunks(ChunkOutput out, int index, ToolCall.Kind kind, String name, String callId) {
        boolean custom = kind == ToolCall.Kind.CUSTOM;
        String type = custom ? "custom" : "function";
        String arguments = custom ? "input" : "arguments";
        this.out = out;
        this.head = out.head("\"tool_calls\":[{\"index\":" + index + ",\"" + type + "\":{\"" + arguments + "\":");
        this.tail = out.tail("}}]");
        out.delta(json -> {
            json.writeArrayFieldStart("tool_calls");
            json.writeStartObject();
            json.writeNumberField("index", index);
            json.writeStringField("id", callId);
            json.writeStringField("type", type);
            json.writeObjectFieldStart(type);
            json.writeStringField("name", name);
            json.writeStringField(arguments, "");
            json.writeEndObject();
            json.writeEndObject();
            json.writeEndArray();
        });
    }

    void delta(String delta) {
        hasArguments = true;
        out.text(head, delta, tail);
    }

    /** All arguments, where none have come piece by piece. */
    void whole(String arguments) {
        if (!hasArguments && !arguments.isEmpty()) {
            delta(arguments);
        }
    }
}
