package io.quarkiverse.llm.runtime.json;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

import io.quarkiverse.llm.RawJson;
import io.quarkiverse.llm.runtime.json.JsonShapeException.Fault;

/**
 * Any value of a JSON text. What it is taken for is checked when it is asked for: each of {@link #string()}, {@link #list()},
 * ... throws a {@link JsonShapeException} that names the value's place when it is something else.
 */
public final class JsonValue {

    private static final int MAX_EXCERPT = 60;
    /** Of a number that is calculated with: to make one of its digits takes a time that grows with their square. */
    private static final int MAX_DIGITS = 1000;

    private final JsonDocument document;
    private final int index;

    JsonValue(JsonDocument document, int index) {
        this.document = document;
        this.index = index;
    }

    /**
     * @throws JsonShapeException when the text is not JSON
     */
    public static JsonValue of(String text) {
        return new JsonValue(JsonDocument.parse(text), 0);
    }

    public boolean isNull() {
        return document.first(index) == 'n';
    }

    public boolean isString() {
        return document.first(index) == '"';
    }

    public boolean isNumber() {
        return document.first(index) == '-' || Character.isDigit(document.first(index));
    }

    public boolean isObject() {
        return document.first(index) == '{';
    }

    public boolean isList() {
        return document.first(index) == '[';
    }

    /** The text of the value exactly as it stands in the whole. */
    public RawJson raw() {
        return RawJson.verbatim(document.slice(index));
    }

    public String string() {
        if (!isString()) {
            throw mismatch("a string");
        }
        return document.string(index);
    }

    /** The characters of a string, the text of anything else. */
    public String stringOrText() {
        return isString() ? document.string(index) : document.slice(index);
    }

    /** A whole number of 32 bits; {@code 3.0} counts as one. */
    public int integer() {
        long value = longInteger();
        if (value != (int) value) {
            throw wrong("is out of range");
        }
        return (int) value;
    }

    /** A whole number of 64 bits; {@code 3.0} counts as one. */
    public long longInteger() {
        try {
            return decimal().longValueExact();
        } catch (ArithmeticException e) {
            throw wrong(Fault.KIND, "must be a whole number, not " + excerpt());
        }
    }

    /** A number that is finite, rounded to what is nearest. */
    public double number() {
        if (!isNumber()) {
            throw mismatch("a number");
        }
        double number = Double.parseDouble(document.slice(index));
        if (!Double.isFinite(number)) {
            throw wrong("is out of range");
        }
        return number;
    }

    /** A number with all its digits, of which it may have a thousand. Its exponent is not limited: check it before arithmetic. */
    public BigDecimal decimal() {
        if (!isNumber()) {
            throw mismatch("a number");
        }
        String digits = document.slice(index);
        if (digits.length() > MAX_DIGITS) {
            throw wrong("is out of range");
        }
        try {
            return new BigDecimal(digits);
        } catch (NumberFormatException e) {
            throw wrong("is out of range");
        }
    }

    public boolean bool() {
        return switch (document.first(index)) {
            case 't' -> true;
            case 'f' -> false;
            default -> throw mismatch("true or false");
        };
    }

    public JsonFields object() {
        if (!isObject()) {
            throw mismatch("an object");
        }
        return new JsonFields(document, index);
    }

    public List<JsonValue> list() {
        if (!isList()) {
            throw mismatch("a list");
        }
        List<JsonValue> list = new ArrayList<>();
        for (int element = index + 1; element < document.next(index); element = document.next(element)) {
            list.add(new JsonValue(document, element));
        }
        return list;
    }

    /** What to throw when the value is of the right kind, but wrong: {@code "<place>" <predicate>}. */
    public JsonShapeException wrong(String predicate) {
        return wrong(Fault.VALUE, predicate);
    }

    private JsonShapeException wrong(Fault fault, String predicate) {
        return new JsonShapeException(fault, document, index, null, predicate);
    }

    /** The beginning of the text of the value, for messages. */
    String excerpt() {
        String text = document.slice(index);
        return text.length() <= MAX_EXCERPT ? text : text.substring(0, MAX_EXCERPT) + "...";
    }

    private JsonShapeException mismatch(String expected) {
        return wrong(Fault.KIND, "must be " + expected + ", not " + switch (document.first(index)) {
            case '{' -> "an object";
            case '[' -> "a list";
            case '"' -> "a string";
            case 't', 'f' -> "true or false";
            case 'n' -> "null";
            default -> "a number";
        });
    }

    /** The text of the value. */
    @Override
    public String toString() {
        return document.slice(index);
    }
}
