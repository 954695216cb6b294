package io.quarkiverse.llm.runtime.wire.chat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import com.fasterxml.jackson.core.JsonGenerator;

import io.quarkiverse.llm.Content;
import io.quarkiverse.llm.Role;
import io.quarkiverse.llm.ToolCall;
import io.quarkiverse.llm.runtime.config.preset.Quirk;
import io.quarkiverse.llm.runtime.config.preset.Quirks;
import io.quarkiverse.llm.runtime.config.preset.ReasoningField;
import io.quarkiverse.llm.runtime.config.preset.ToolCallContent;
import io.quarkiverse.llm.runtime.config.preset.ToolCallIds;

/** Writes an assistant's turn as the one message that Chat Completions has for it. */
final class AssistantTurnWriter {

    private final ReasoningField reasoningField;
    private final ToolCallContent callContent;
    private final ToolCallIds callIds;
    private final boolean refusalField;
    private final ChatContentWriter contents;

    AssistantTurnWriter(Quirks quirks, ChatContentWriter contents) {
        this.reasoningField = quirks.get(Quirk.REASONING_FIELD);
        this.callContent = quirks.get(Quirk.TOOL_CALL_CONTENT);
        this.callIds = quirks.get(Quirk.TOOL_CALL_IDS);
        this.refusalField = quirks.is(Quirk.REFUSAL_FIELD);
        this.contents = contents;
    }

    /** Writes nothing for a turn in which there is nothing that the server takes. */
    void write(AssistantTurn turn, JsonGenerator json) throws IOException {
        boolean reasoning = !turn.reasoning.isEmpty() && reasoningField != ReasoningField.NONE;
        if (turn.content.isEmpty() && turn.calls.isEmpty() && !reasoning) {
            return;
        }
        String thought = reasoning ? String.join("\n\n", turn.reasoning) : "";
        json.writeStartObject();
        json.writeStringField("role", Role.ASSISTANT.wireName());
        if (reasoning && reasoningField != ReasoningField.THINKING_PART) {
            json.writeStringField(reasoningField.wireName(), thought);
        }
        writeContent(turn, reasoningField == ReasoningField.THINKING_PART ? thought : "", json);
        if (!turn.calls.isEmpty()) {
            json.writeArrayFieldStart("tool_calls");
            for (ToolCall call : turn.calls) {
                writeCall(call, json);
            }
            json.writeEndArray();
        }
        json.writeEndObject();
    }

    private void writeContent(AssistantTurn turn, String thinking, JsonGenerator json) throws IOException {
        String refusal = turn.content.stream().filter(Content.Refusal.class::isInstance)
                .map(content -> ((Content.Refusal) content).refusal()).collect(Collectors.joining());
        List<Content> content = new ArrayList<>(turn.content);
        if (!refusal.isEmpty() && refusalField) {
            content.removeIf(Content.Refusal.class::isInstance);
            json.writeStringField("refusal", refusal);
        } else {
            content.replaceAll(part -> part instanceof Content.Refusal said ? Content.text(said.refusal()) : part);
        }
        if (!thinking.isEmpty()) {
            json.writeFieldName("content");
            contents.writeThinking(thinking, content, json);
        } else if (content.isEmpty() && !turn.calls.isEmpty()) {
            writeNoContent(json);
        } else if (content.isEmpty() && !refusal.isEmpty()) {
            json.writeNullField("content");
        } else {
            json.writeFieldName("content");
            contents.write(content, json);
        }
    }

    private void writeNoContent(JsonGenerator json) throws IOException {
        switch (callContent) {
            case NULL -> json.writeNullField("content");
            case EMPTY -> json.writeStringField("content", "");
            case OMITTED -> {
                // no field at all
            }
        }
    }

    private void writeCall(ToolCall call, JsonGenerator json) throws IOException {
        boolean custom = call.kind() == ToolCall.Kind.CUSTOM;
        json.writeStartObject();
        json.writeStringField("id", callIds.of(call.callId()));
        json.writeStringField("type", custom ? "custom" : "function");
        json.writeObjectFieldStart(custom ? "custom" : "function");
        json.writeStringField("name", call.name());
        json.writeStringField(custom ? "input" : "arguments", call.arguments());
        json.writeEndObject();
        json.writeEndObject();
    }
}
