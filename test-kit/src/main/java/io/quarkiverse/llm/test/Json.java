package io.quarkiverse.llm.test;

import java.util.List;
import java.util.Map;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.core.json.jackson.JacksonCodec;

/** JSON by value: numbers are equal when they mean the same, fields have no order. */
final class Json {

    /** Nothing is there, not even {@code null}. */
    static final Object ABSENT = new Object();

    /** Not the application's, whose settings must not change what a test sees. */
    private static final JacksonCodec CODEC = new JacksonCodec();

    private Json() {
    }

    /** What a JSON Pointer points at; Vert.x's own takes {@code null} for nothing. */
    static Object at(String pointer, JsonObject json) {
        if (!pointer.startsWith("/")) {
            throw new IllegalArgumentException("A JSON Pointer begins with a slash, as in /messages/0/content: " + pointer);
        }
        Object value = json;
        for (String step : pointer.substring(1).split("/", -1)) {
            value = step(value, step.replace("~1", "/").replace("~0", "~"));
        }
        return value;
    }

    private static Object step(Object value, String step) {
        if (value instanceof JsonObject object && object.containsKey(step)) {
            return object.getValue(step);
        } else if (value instanceof JsonArray array && step.matches("\\d{1,9}") && Integer.parseInt(step) < array.size()) {
            return array.getValue(Integer.parseInt(step));
        }
        return ABSENT;
    }

    static boolean equal(Object one, Object two) {
        return wrapped(one).equals(wrapped(two));
    }

    /** Whether both texts are JSON of the same value; a text that is no JSON equals only itself. */
    static boolean sameJson(String one, String two) {
        try {
            return one.equals(two) || equal(parse(one), parse(two));
        } catch (DecodeException e) {
            return false;
        }
    }

    private static Object parse(String text) {
        return CODEC.fromString(text, Object.class);
    }

    static JsonObject object(String text) {
        return (JsonObject) parse(text);
    }

    static String text(Object value) {
        return CODEC.toString(value, false);
    }

    @SuppressWarnings("unchecked")
    private static JsonArray wrapped(Object value) {
        if (value instanceof Map<?, ?> map) {
            return new JsonArray().add(new JsonObject((Map<String, Object>) map));
        }
        return new JsonArray().add(value instanceof List<?> list ? new JsonArray(list) : value);
    }
}
