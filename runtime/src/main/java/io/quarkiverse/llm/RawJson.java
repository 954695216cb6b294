package io.quarkiverse.llm;

import java.util.Objects;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/**
 * A JSON value kept as the text it was received or written in, and parsed only when asked.
 * <p>
 * The text is never normalized: what a server sent (an encrypted reasoning item, a hosted tool call) goes back to it
 * byte for byte. Two values are equal when their texts are.
 */
public final class RawJson {

    private final String text;

    private RawJson(String text) {
        this.text = text;
    }

    /**
     * @param text any JSON value
     * @throws IllegalArgumentException when the text is not JSON
     */
    public static RawJson of(String text) {
        Objects.requireNonNull(text, "text");
        try {
            Json.decodeValue(text);
        } catch (DecodeException e) {
            throw new IllegalArgumentException("Not JSON: " + e.getMessage(), e);
        }
        return new RawJson(text);
    }

    /** The compact text of the object as it is now. */
    public static RawJson of(JsonObject object) {
        return new RawJson(object.encode());
    }

    /** The compact text of the array as it is now. */
    public static RawJson of(JsonArray array) {
        return new RawJson(array.encode());
    }

    /**
     * A value whose text is already known to be JSON, for instance a slice of a larger document. Not checked: text that
     * is no JSON would make requests that carry it unreadable.
     */
    public static RawJson verbatim(String text) {
        return new RawJson(Objects.requireNonNull(text, "text"));
    }

    /** The text, exactly as it was given. */
    public String text() {
        return text;
    }

    /**
     * A fresh, modifiable copy.
     *
     * @throws DecodeException when the value is not a JSON object
     */
    public JsonObject toJsonObject() {
        return new JsonObject(text);
    }

    /**
     * A fresh, modifiable copy.
     *
     * @throws DecodeException when the value is not a JSON array
     */
    public JsonArray toJsonArray() {
        return new JsonArray(text);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RawJson json && text.equals(json.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
