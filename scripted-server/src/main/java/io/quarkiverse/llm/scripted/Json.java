package io.quarkiverse.llm.scripted;

import io.vertx.core.json.JsonObject;
import io.vertx.core.json.jackson.JacksonCodec;

/**
 * JSON by Vert.x's own streaming codec. {@code JsonObject.encode()} would go through whatever codec the application
 * brings, whose settings (nulls left out, other number forms) must not change what this server sends.
 */
final class Json {

    private static final JacksonCodec CODEC = new JacksonCodec();

    private Json() {
    }

    /** @throws ClassCastException if it is another kind of value */
    static JsonObject object(String text) {
        return (JsonObject) value(text);
    }

    static Object value(String text) {
        return CODEC.fromString(text, Object.class);
    }

    static String text(Object json) {
        return CODEC.toString(json, false);
    }

    static String prettyText(Object json) {
        return CODEC.toString(json, true);
    }
}
