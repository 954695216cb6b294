package io.quarkiverse.llm.runtime.json;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.quarkiverse.llm.RawJson;
import io.quarkiverse.llm.runtime.json.JsonShapeException.Fault;

/**
 * The fields of a JSON object. Each getter takes one, whatever their order; a field that is {@code null} counts as not there,
 * of two fields of one name the last counts. A field of another kind than the one asked for is a {@link JsonShapeException}
 * that names its place, such as {@code "input[2].call_id" must be a string, not a number}.
 * <p>
 * What is not asked for is not decoded, and {@link #raw(String)} is the text exactly as received.
 */
public final class JsonFields {

    private final JsonDocument document;
    private final int index;

    JsonFields(JsonDocument document, int index) {
        this.document = document;
        this.index = index;
    }

    /**
     * @throws JsonShapeException when the text is not a JSON object
     */
    public static JsonFields of(String text) {
        return JsonValue.of(text).object();
    }

    /** As {@link #of(String)}. */
    public static JsonFields of(RawJson json) {
        return of(json.text());
    }

    /** Whether the field is there and not {@code null}. */
    public boolean has(String name) {
        return find(name) >= 0;
    }

    public Optional<JsonValue> value(String name) {
        int value = find(name);
        return value < 0 ? Optional.empty() : Optional.of(new JsonValue(document, value));
    }

    /**
     * A field that must be there.
     *
     * @throws JsonShapeException when it is not
     */
    public JsonValue required(String name) {
        int value = find(name);
        if (value < 0) {
            throw missing(name);
        }
        return new JsonValue(document, value);
    }

    public Optional<String> string(String name) {
        return value(name).map(JsonValue::string);
    }

    public Optional<Integer> integer(String name) {
        return value(name).map(JsonValue::integer);
    }

    public Optional<Long> longInteger(String name) {
        return value(name).map(JsonValue::longInteger);
    }

    /** A number that is finite, rounded to what is nearest. */
    public Optional<Double> number(String name) {
        return value(name).map(JsonValue::number);
    }

    /** As {@link JsonValue#decimal()}: the exponent is not limited. */
    public Optional<BigDecimal> decimal(String name) {
        return value(name).map(JsonValue::decimal);
    }

    public Optional<Boolean> bool(String name) {
        return value(name).map(JsonValue::bool);
    }

    public Optional<JsonFields> object(String name) {
        return value(name).map(JsonValue::object);
    }

    /** Empty when the field is not there. */
    public List<JsonValue> list(String name) {
        return value(name).map(JsonValue::list).orElse(List.of());
    }

    public Optional<RawJson> raw(String name) {
        return value(name).map(JsonValue::raw);
    }

    /** The text of the whole object. */
    public RawJson raw() {
        return RawJson.verbatim(document.slice(index));
    }

    /** All fields in their order, those that are {@code null} too. */
    public Map<String, JsonValue> toMap() {
        Map<String, JsonValue> fields = new LinkedHashMap<>();
        for (int value = index + 1; value < document.next(index); value = document.next(value)) {
            fields.put(document.name(value), new JsonValue(document, value));
        }
        return Collections.unmodifiableMap(fields);
    }

    /** What to throw when a field that must be there is not. */
    public JsonShapeException missing(String name) {
        return new JsonShapeException(Fault.MISSING, document, index, name, "is missing");
    }

    private int find(String name) {
        int found = -1;
        for (int value = index + 1; value < document.next(index); value = document.next(value)) {
            if (name.equals(document.name(value))) {
                found = value;
            }
        }
        return found < 0 || document.first(found) == 'n' ? -1 : found;
    }

    /** The text of the object. */
    @Override
    public String toString() {
        return document.slice(index);
    }
}
