package io.quarkiverse.llm.gateway.runtime.translation;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import io.quarkiverse.llm.RawJson;
import io.quarkiverse.llm.runtime.json.JsonText;
import io.quarkiverse.llm.runtime.json.JsonValue;

/** Parameters of a function as strict servers want them: a schema that says that it is one of an object. */
final class ObjectSchema {

    private static final String TYPE = "type";
    private static final String OBJECT = "object";

    private ObjectSchema() {
    }

    /** The schema as it is where that will do, to the letter; empty for one that is none. */
    static Optional<RawJson> of(RawJson schema) {
        if (schema.text().startsWith("{\"type\":\"object\"") || schema.text().startsWith("{\"type\": \"object\"")) {
            return Optional.of(schema);
        }
        JsonValue said = JsonValue.of(schema.text());
        if (!said.isObject()) {
            return Optional.empty();
        }
        Map<String, JsonValue> fields = said.object().toMap();
        JsonValue type = fields.get(TYPE);
        if (type != null && type.isString() && type.string().equals(OBJECT)) {
            return Optional.of(schema);
        }
        Map<String, RawJson> typed = new LinkedHashMap<>();
        typed.put(TYPE, RawJson.verbatim(JsonText.quoted(OBJECT)));
        fields.forEach((name, value) -> typed.putIfAbsent(name, value.raw()));
        return Optional.of(JsonText.object(typed));
    }
}
