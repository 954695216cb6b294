package io.quarkiverse.llm.runtime.json;

import java.io.IOException;

import com.fasterxml.jackson.core.JsonGenerator;

import io.quarkiverse.llm.ToolChoice;

/** Writes tool choices: a string for a mode, else an object. */
public final class ToolChoiceWriter {

    private ToolChoiceWriter() {
    }

    public static void write(JsonGenerator out, ToolChoice choice) throws IOException {
        if (choice instanceof ToolChoice.Mode mode) {
            out.writeString(mode.wireName());
        } else if (choice instanceof ToolChoice.Opaque opaque) {
            JsonText.write(out, opaque.json());
        } else if (choice instanceof ToolChoice.Function function) {
            writeNamed(out, "function", function.name());
        } else if (choice instanceof ToolChoice.Custom custom) {
            writeNamed(out, "custom", custom.name());
        } else if (choice instanceof ToolChoice.Allowed allowed) {
            writeAllowed(out, allowed);
        } else {
            throw new IllegalArgumentException("No JSON form for " + choice.getClass());
        }
    }

    private static void writeNamed(JsonGenerator out, String type, String name) throws IOException {
        out.writeStartObject();
        out.writeStringField("type", type);
        out.writeStringField("name", name);
        out.writeEndObject();
    }

    private static void writeAllowed(JsonGenerator out, ToolChoice.Allowed allowed) throws IOException {
        out.writeStartObject();
        out.writeStringField("type", "allowed_tools");
        out.writeStringField("mode", allowed.mode().wireName());
        out.writeArrayFieldStart("tools");
        for (ToolChoice tool : allowed.tools()) {
            write(out, tool);
        }
        out.writeEndArray();
        out.writeEndObject();
    }
}
