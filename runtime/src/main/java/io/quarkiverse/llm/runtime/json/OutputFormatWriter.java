package io.quarkiverse.llm.runtime.json;

import java.io.IOException;

import com.fasterxml.jackson.core.JsonGenerator;

import io.quarkiverse.llm.OutputFormat;

/** Writes output formats. */
public final class OutputFormatWriter {

    private OutputFormatWriter() {
    }

    public static void write(JsonGenerator out, OutputFormat format) throws IOException {
        out.writeStartObject();
        if (format instanceof OutputFormat.JsonSchema schema) {
            out.writeStringField("type", "json_schema");
            out.writeStringField("name", schema.name());
            OptionalFields.string(out, "description", schema.description());
            JsonText.write(out, "schema", schema.schema());
            OptionalFields.bool(out, "strict", schema.strict());
        } else {
            out.writeStringField("type", format instanceof OutputFormat.Json ? "json_object" : "text");
        }
        out.writeEndObject();
    }
}
