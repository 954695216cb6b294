package io.quarkiverse.llm.runtime.wire.chat;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.core.JsonGenerator;

import io.quarkiverse.llm.RawJson;
import io.quarkiverse.llm.Tool;
import io.quarkiverse.llm.ToolChoice;
import io.quarkiverse.llm.runtime.json.JsonText;
import io.quarkiverse.llm.runtime.json.JsonValue;
import io.quarkiverse.llm.runtime.json.OptionalFields;

/** Writes tools and the choice among them, which Chat Completions nests under their type. */
final class ChatToolsWriter {

    private ChatToolsWriter() {
    }

    static void writeTools(List<Tool> tools, JsonGenerator json) throws IOException {
        json.writeStartArray();
        for (Tool tool : tools) {
            if (tool instanceof Tool.Function function) {
                writeFunction(function, json);
            } else if (tool instanceof Tool.Custom custom) {
                writeCustom(custom, json);
            }
        }
        json.writeEndArray();
    }

    private static void writeFunction(Tool.Function tool, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("type", "function");
        json.writeObjectFieldStart("function");
        json.writeStringField("name", tool.name());
        OptionalFields.string(json, "description", tool.description());
        JsonText.writeIfPresent(json, "parameters", tool.parameters());
        OptionalFields.bool(json, "strict", tool.strict());
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void writeCustom(Tool.Custom tool, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("type", "custom");
        json.writeObjectFieldStart("custom");
        json.writeStringField("name", tool.name());
        OptionalFields.string(json, "description", tool.description());
        if (tool.format().isPresent()) {
            JsonText.write(json, "format", nestedGrammar(tool.format().get()));
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    private static RawJson nestedGrammar(RawJson format) {
        JsonValue value = JsonValue.of(format.text());
        Map<String, JsonValue> flat = value.isObject() ? value.object().toMap() : Map.of();
        JsonValue type = flat.get("type");
        if (type == null || !type.stringOrText().equals("grammar") || flat.containsKey("grammar")) {
            return format;
        }
        Map<String, RawJson> grammar = new LinkedHashMap<>();
        flat.forEach((name, field) -> grammar.put(name, field.raw()));
        Map<String, RawJson> nested = new LinkedHashMap<>();
        nested.put("type", grammar.remove("type"));
        nested.put("grammar", JsonText.object(grammar));
        return JsonText.object(nested);
    }

    static void writeChoice(ToolChoice choice, JsonGenerator json) throws IOException {
        if (choice instanceof ToolChoice.Mode mode) {
            json.writeString(mode.wireName());
        } else if (choice instanceof ToolChoice.Allowed allowed) {
            json.writeStartObject();
            json.writeStringField("type", "allowed_tools");
            json.writeObjectFieldStart("allowed_tools");
            json.writeStringField("mode", allowed.mode().wireName());
            json.writeArrayFieldStart("tools");
            for (ToolChoice tool : allowed.tools()) {
                writeChoice(tool, json);
            }
            json.writeEndArray();
            json.writeEndObject();
            json.writeEndObject();
        } else if (choice instanceof ToolChoice.Function function) {
            writeNamed("function", function.name(), json);
        } else if (choice instanceof ToolChoice.Custom custom) {
            writeNamed("custom", custom.name(), json);
        }
    }

    private static void writeNamed(String type, String name, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("type", type);
        json.writeObjectFieldStart(type);
        json.writeStringField("name", name);
        json.writeEndObject();
        json.writeEndObject();
    }
}
