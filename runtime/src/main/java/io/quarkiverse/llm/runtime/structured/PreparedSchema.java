package io.quarkiverse.llm.runtime.structured;

import java.io.UncheckedIOException;
import java.util.Optional;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

import io.quarkiverse.llm.OutputFormat;
import io.quarkiverse.llm.RawJson;

/** A schema as requests carry it and as answers are checked against it. */
record PreparedSchema(OutputFormat.JsonSchema format, JsonNode schema, boolean wrapped) {

    private static final JsonMapper JSON = new JsonMapper();

    static PreparedSchema of(OutputSchema schema) {
        try {
            return new PreparedSchema(new OutputFormat.JsonSchema(schema.name(), RawJson.verbatim(schema.schema()),
                    Optional.empty(), Optional.of(schema.strict())), JSON.readTree(schema.schema()), schema.wrapped());
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
