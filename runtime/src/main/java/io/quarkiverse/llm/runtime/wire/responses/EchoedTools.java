package io.quarkiverse.llm.runtime.wire.responses;

import java.io.IOException;
import java.util.List;

import com.fasterxml.jackson.core.JsonGenerator;

import io.quarkiverse.llm.RawJson;
import io.quarkiverse.llm.Tool;
import io.quarkiverse.llm.runtime.json.JsonText;
import io.quarkiverse.llm.runtime.json.ToolWriter;

/** Writes the tools that were offered: functions with all their fields, as the suite of Open Responses requires. */
final class EchoedTools {

    private static final RawJson NULL = RawJson.verbatim("null");

    private EchoedTools() {
    }

    static void write(JsonGenerator json, List<Tool> tools) throws IOException {
        json.writeStartArray();
        for (Tool tool : tools) {
            write(json, tool);
        }
        json.writeEndArray();
    }

    private static void write(JsonGenerator json, Tool tool) throws IOException {
        if (tool instanceof Tool.Function function) {
            write(json, function);
        } else if (tool instanceof Tool.Namespace namespace) {
            json.writeStartObject();
            json.writeStringField("type", "namespace");
            json.writeStringField("name", namespace.name());
            json.writeStringField("description", namespace.description());
            json.writeFieldName("tools");
            write(json, namespace.tools());
            json.writeEndObject();
        } else {
            ToolWriter.write(json, tool);
        }
    }

    private static void write(JsonGenerator json, Tool.Function function) throws IOException {
        json.writeStartObject();
        json.writeStringField("type", "function");
        json.writeStringField("name", function.name());
        json.writeStringField("description", function.description().orElse(null));
        JsonText.write(json, "parameters", function.parameters().orElse(NULL));
        JsonText.write(json, "strict", function.strict().map(String::valueOf).map(RawJson::verbatim).orElse(NULL));
        json.writeEndObject();
    }
}
