package io.quarkiverse.llm.runtime.wire.chat;

import java.io.IOException;
import java.util.Optional;

import com.fasterxml.jackson.core.JsonGenerator;

import io.quarkiverse.llm.OutputFormat;
import io.quarkiverse.llm.OutputFormat.JsonSchema;
import io.quarkiverse.llm.RawJson;
import io.quarkiverse.llm.runtime.config.ResponseFormats;

/**
 * Says which form the answer must have: as {@code response_format} as far as the server takes that, and in the instructions
 * as far as it does not.
 */
record ChatFormatWriter(ResponseFormats formats, boolean strict) {

    static final String FIELD = "response_format";

    /** What any JSON object follows. */
    private static final JsonSchema ANY_OBJECT = new JsonSchema("json_object", RawJson.of("{\"type\":\"object\"}"),
            Optional.empty(), Optional.empty());

    /** What the instructions must say, because the server does not understand it otherwise. */
    Optional<String> instructions(OutputFormat format) {
        if (format instanceof JsonSchema schema && !takesSchemas()) {
            return Optional.of("Answer with a single JSON object and nothing else. It must follow this JSON schema:\n"
                    + schema.schema().text());
        } else if (format instanceof OutputFormat.Json && formats == ResponseFormats.NONE) {
            return Optional.of("Answer with a single JSON object and nothing else.");
        }
        return Optional.empty();
    }

    private boolean takesSchemas() {
        return formats == ResponseFormats.ALL || formats == ResponseFormats.JSON_SCHEMA;
    }

    void write(OutputFormat format, BodyWriter body) throws IOException {
        if (formats == ResponseFormats.NONE || !body.begins(FIELD)) {
            return;
        }
        JsonGenerator json = body.json();
        json.writeStartObject();
        if (format instanceof JsonSchema schema && takesSchemas()) {
            writeSchema(schema, json);
        } else if (format instanceof OutputFormat.Json && formats == ResponseFormats.JSON_SCHEMA) {
            writeSchema(ANY_OBJECT, json);
        } else {
            json.writeStringField("type", format instanceof OutputFormat.Text ? "text" : "json_object");
        }
        json.writeEndObject();
    }

    private void writeSchema(JsonSchema schema, JsonGenerator json) throws IOException {
        json.writeStringField("type", "json_schema");
        json.writeObjectFieldStart("json_schema");
        json.writeStringField("name", schema.name());
        if (schema.description().isPresent()) {
            json.writeStringField("description", schema.description().get());
        }
        json.writeFieldName("schema");
        json.writeRawValue(schema.schema().text());
        if (strict && schema.strict().isPresent()) {
            json.writeBooleanField("strict", schema.strict().get());
        }
        json.writeEndObject();
    }
}
