package io.quarkiverse.llm.runtime.json;

import java.io.IOException;
import java.util.List;

import com.fasterxml.jackson.core.JsonGenerator;

import io.quarkiverse.llm.Tool;

/** Writes tools. */
public final class ToolWriter {

    private ToolWriter() {
    }

    /** Writes a list of tools. */
    public static void write(JsonGenerator out, List<Tool> tools) throws IOException {
        out.writeStartArray();
        for (Tool tool : tools) {
            write(out, tool);
        }
        out.writeEndArray();
    }

    public static void write(JsonGenerator out, Tool tool) throws IOException {
        if (tool instanceof Tool.Opaque opaque) {
            JsonText.write(out, opaque.json());
            return;
        }
        out.writeStartObject();
        if (tool instanceof Tool.Function function) {
            begin(out, "function", function.name());
            OptionalFields.string(out, "description", function.description());
            JsonText.writeIfPresent(out, "parameters", function.parameters());
            OptionalFields.bool(out, "strict", function.strict());
        } else if (tool instanceof Tool.Custom custom) {
            begin(out, "custom", custom.name());
            OptionalFields.string(out, "description", custom.description());
            JsonText.writeIfPresent(out, "format", custom.format());
        } else if (tool instanceof Tool.Namespace namespace) {
            begin(out, "namespace", namespace.name());
            out.writeStringField("description", namespace.description());
            out.writeFieldName("tools");
            write(out, namespace.tools());
        } else {
            throw new IllegalArgumentException("No JSON form for " + tool.getClass());
        }
        out.writeEndObject();
    }

    private static void begin(JsonGenerator out, String type, String name) throws IOException {
        out.writeStringField("type", type);
        out.writeStringField("name", name);
    }
}
