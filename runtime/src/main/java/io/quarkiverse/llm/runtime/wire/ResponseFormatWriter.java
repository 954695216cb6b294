package io.quarkiverse.llm.runtime.wire;

import java.io.IOException;

import com.fasterxml.jackson.core.JsonGenerator;

import io.quarkiverse.llm.OutputFormat;
import io.quarkiverse.llm.OutputFormat.JsonSchema;
import io.quarkiverse.llm.runtime.json.JsonText;
import io.quarkiverse.llm.runtime.json.OptionalFields;

/** Writes {@code response_format}, in which a schema is nested under its type. */
public final class ResponseFormatWriter {

    public static final String FIELD = "response_format";

    private ResponseFormatWriter() {
    }

    public static void write(OutputFormat format, BodyWriter body) throws IOException {
        if (!body.begins(FIELD)) {
            return;
        }
        JsonGenerator json = body.json();
        json.writeStartObject();
        if (format instanceof JsonSchema schema) {
            json.writeStringField("type", "json_schema");
            json.writeObjectFieldStart("json_schema");
            json.writeStringField("name", schema.name());
            OptionalFields.string(json, "description", schema.description());
            JsonText.write(json, "schema", schema.schema());
            OptionalFields.bool(json, "strict", schema.strict());
            json.writeEndObject();
        } else {
            json.writeStringField("type", format instanceof OutputFormat.Text ? "text" : "json_object");
        }
        json.writeEndObject();
    }
}
