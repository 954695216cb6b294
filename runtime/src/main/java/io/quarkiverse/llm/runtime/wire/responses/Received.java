package io.quarkiverse.llm.runtime.wire.responses;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

import io.quarkiverse.llm.RawJson;
import io.quarkiverse.llm.runtime.json.JsonFields;
import io.quarkiverse.llm.runtime.json.JsonShapeException;
import io.quarkiverse.llm.runtime.json.JsonValue;
import io.quarkiverse.llm.runtime.wire.StreamingJson;

/**
 * What a server sent, read straight from its bytes, value by value. What is empty or of another kind than expected is skipped
 * and counts as not there; of two fields of one name the last counts.
 */
final class Received implements AutoCloseable {

    private final JsonParser parser;
    private final byte[] data;
    private final int offset;
    private final RepeatedText repeated;
    private JsonToken value;

    Received(byte[] data, int offset, int length, RepeatedText repeated) throws IOException {
        this.parser = StreamingJson.parser(data, offset, length);
        this.data = data;
        this.offset = offset;
        this.repeated = repeated;
    }

    @Override
    public void close() throws IOException {
        parser.close();
    }

    /**
     * Goes to the value.
     *
     * @return whether it is an object
     * @throws IOException when there is none
     */
    boolean begin() throws IOException {
        value = parser.nextToken();
        if (value == null) {
            throw new IOException("nothing in it");
        }
        return isObject();
    }

    /** @throws IOException when anything follows */
    void end() throws IOException {
        if (parser.nextToken() != null) {
            throw new IOException("more than one JSON value");
        }
    }

    /** Goes to the next field of the object. */
    boolean nextField() throws IOException {
        if (parser.nextToken() != JsonToken.FIELD_NAME) {
            return false;
        }
        value = parser.nextToken();
        return true;
    }

    /** Of the field. */
    String name() throws IOException {
        return parser.currentName();
    }

    /** Goes to the next element of the array. */
    boolean nextElement() throws IOException {
        value = parser.nextToken();
        return value != JsonToken.END_ARRAY && value != null;
    }

    boolean isObject() {
        return value == JsonToken.START_OBJECT;
    }

    boolean isArray() {
        return value == JsonToken.START_ARRAY;
    }

    boolean isString() {
        return value == JsonToken.VALUE_STRING;
    }

    boolean isNull() {
        return value == JsonToken.VALUE_NULL;
    }

    boolean isNumber() {
        return value.isNumeric();
    }

    boolean isWholeNumber() {
        return value == JsonToken.VALUE_NUMBER_INT;
    }

    void skip() throws IOException {
        parser.skipChildren();
    }

    /** A string; {@code null} when there is none. */
    String text() throws IOException {
        String text = string();
        return text.isEmpty() ? null : text;
    }

    /** A string; empty when there is none. */
    String string() throws IOException {
        if (isString()) {
            return parser.getText();
        }
        skip();
        return "";
    }

    /** A string that may have been told before, and may be long; empty when there is none. */
    String content() throws IOException {
        if (!isString()) {
            skip();
            return "";
        }
        int from = offset + position();
        String before = repeated.match(data, from);
        if (before != null) {
            return before;
        }
        String text = parser.getText();
        repeated.keep(text, data, from, offset + endOfValue());
        return text;
    }

    /** As {@link #content()}, or the text of any other value: some servers give JSON and not a string that holds it. */
    String contentOrJson() throws IOException {
        return isString() ? content() : isNull() ? null : raw().text();
    }

    /** A string, or a number as one; {@code null} when there is none. */
    String textOrNumber() throws IOException {
        String text = StreamingJson.text(parser, value);
        return text == null || text.isEmpty() ? null : text;
    }

    /** A string, or the text of any other value. */
    String stringOrJson() throws IOException {
        return isString() ? parser.getText() : isNull() ? null : raw().text();
    }

    /** A place; {@link ResponsesEvent#NO_INDEX} when there is none. */
    int index() throws IOException {
        return Math.max(ResponsesEvent.NO_INDEX, StreamingJson.integer(parser, value, ResponsesEvent.NO_INDEX));
    }

    /** A number; 0 when there is none. */
    double number() throws IOException {
        if (isNumber()) {
            return parser.getDoubleValue();
        }
        skip();
        return 0;
    }

    /** Whether the value of a field {@code error} says something. */
    boolean isError() throws IOException {
        return StreamingJson.isError(parser, value);
    }

    /** The value, exactly as it stands in the bytes, also if it says {@code NaN} in the way of Python. */
    RawJson raw() throws IOException {
        return StreamingJson.raw(parser, data, offset);
    }

    /** The value exactly as it stands in the bytes, if it is an object; else {@code null}. */
    RawJson rawObject() throws IOException {
        if (isObject()) {
            return raw();
        }
        skip();
        return null;
    }

    /** The array exactly as it stands in the bytes; {@code null} when there is none, or nothing in it. */
    RawJson rawElements() throws IOException {
        if (!isArray()) {
            skip();
            return null;
        }
        RawJson array = raw();
        return array.text().substring(1, array.text().length() - 1).isBlank() ? null : array;
    }

    /** Where the value begins, from the beginning of the payload. */
    int position() {
        return StreamingJson.position(parser);
    }

    /**
     * What has been read from there on, to the end of the object that has just ended.
     *
     * @throws JsonShapeException when it is not JSON: what is kept as a whole may go back to a server
     */
    RawJson rawSince(int position) {
        return strict(new String(data, offset + position, endOfValue() - position, StandardCharsets.UTF_8));
    }

    /** The value as in {@link #rawSince}. */
    RawJson strictRaw() throws IOException {
        return strict(raw().text());
    }

    private static RawJson strict(String text) {
        return JsonValue.of(text).raw();
    }

    private int endOfValue() {
        return (int) parser.currentLocation().getByteOffset();
    }

    /** As {@link #text()}, of a field. */
    static String text(JsonFields object, String field) {
        return object.value(field).filter(JsonValue::isString).map(JsonValue::string).filter(text -> !text.isEmpty())
                .orElse(null);
    }
}
