package io.quarkiverse.llm.gateway.runtime.translation;

import java.util.Optional;

import io.quarkiverse.llm.RawJson;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;

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
        if (!(Json.decodeValue(schema.text()) instanceof JsonObject said)) {
            return Optional.empty();
        }
        if (OBJECT.equals(said.getValue(TYPE))) {
            return Optional.of(schema);
        }
        JsonObject typed = new JsonObject().put(TYPE, OBJECT);
        said.remove(TYPE);
        return Optional.of(RawJson.of(typed.mergeIn(said)));
    }
}
