package io.quarkiverse.llm.runtime.json;

import java.io.IOException;
import java.util.List;

import com.fasterxml.jackson.core.JsonGenerator;

import io.quarkiverse.llm.Item;
import io.quarkiverse.llm.ItemReference;
import io.quarkiverse.llm.Message;
import io.quarkiverse.llm.OpaqueItem;
import io.quarkiverse.llm.Reasoning;
import io.quarkiverse.llm.Role;
import io.quarkiverse.llm.ToolCall;
import io.quarkiverse.llm.ToolOutput;

/** Writes items. */
public final class ItemWriter {

    private ItemWriter() {
    }

    /** Writes a list of items. */
    public static void write(JsonGenerator out, List<? extends Item> items) throws IOException {
        out.writeStartArray();
        for (Item item : items) {
            write(out, item);
        }
        out.writeEndArray();
    }

    public static void write(JsonGenerator out, Item item) throws IOException {
        if (item instanceof OpaqueItem opaque) {
            JsonText.write(out, opaque.json());
            return;
        }
        out.writeStartObject();
        if (item instanceof Message message) {
            writeMessage(out, message);
        } else if (item instanceof ToolCall call) {
            writeCall(out, call);
        } else if (item instanceof ToolOutput output) {
            writeOutput(out, output);
        } else if (item instanceof Reasoning reasoning) {
            writeReasoning(out, reasoning);
        } else if (item instanceof ItemReference reference) {
            out.writeStringField("type", "item_reference");
            out.writeStringField("id", reference.itemId());
        } else {
            throw new IllegalArgumentException("No JSON form for " + item.getClass());
        }
        out.writeEndObject();
    }

    private static void writeMessage(JsonGenerator out, Message message) throws IOException {
        begin(out, "message", message);
        out.writeStringField("role", message.role().wireName());
        out.writeFieldName("content");
        ContentWriter.write(out, message.content(), message.role() == Role.ASSISTANT);
        OptionalFields.string(out, "phase", message.phase());
    }

    private static void writeCall(JsonGenerator out, ToolCall call) throws IOException {
        boolean custom = call.kind() == ToolCall.Kind.CUSTOM;
        begin(out, custom ? "custom_tool_call" : "function_call", call);
        OptionalFields.string(out, "namespace", call.namespace());
        out.writeStringField("name", call.name());
        out.writeStringField("call_id", call.callId());
        out.writeStringField(custom ? "input" : "arguments", call.arguments());
    }

    private static void writeOutput(JsonGenerator out, ToolOutput output) throws IOException {
        boolean custom = output.kind() == ToolCall.Kind.CUSTOM;
        begin(out, custom ? "custom_tool_call_output" : "function_call_output", output);
        out.writeStringField("call_id", output.callId());
        out.writeFieldName("output");
        ContentWriter.writeCompact(out, output.content());
    }

    private static void writeReasoning(JsonGenerator out, Reasoning reasoning) throws IOException {
        begin(out, "reasoning", reasoning);
        writeTexts(out, "summary", "summary_text", reasoning.summary());
        if (!reasoning.content().isEmpty()) {
            writeTexts(out, "content", "reasoning_text", reasoning.content());
        }
        OptionalFields.string(out, "encrypted_content", reasoning.encryptedContent());
    }

    private static void writeTexts(JsonGenerator out, String field, String type, List<String> texts) throws IOException {
        out.writeArrayFieldStart(field);
        for (String text : texts) {
            out.writeStartObject();
            out.writeStringField("type", type);
            out.writeStringField("text", text);
            out.writeEndObject();
        }
        out.writeEndArray();
    }

    private static void begin(JsonGenerator out, String type, Item item) throws IOException {
        out.writeStringField("type", type);
        OptionalFields.string(out, "id", item.id());
        if (item.status().isPresent()) {
            out.writeStringField("status", item.status().get().wireName());
        }
    }
}
