package io.quarkiverse.llm.runtime.wire;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;

import io.quarkiverse.llm.RawJson;

/** How payloads are read straight from their bytes. A value of an unexpected type is skipped and counts as not there. */
public final class StreamingJson {

    /** How long an answer may be is decided before: nothing in it needs a limit of its own. */
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder().maxStringLength(Integer.MAX_VALUE)
                    .maxNumberLength(Integer.MAX_VALUE).maxNestingDepth(Integer.MAX_VALUE).build())
            // Python writes NaN and Infinity.
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS).build();
    private static final double MILLISECONDS_FROM = 1e11;

    private StreamingJson() {
    }

    public static JsonParser parser(byte[] data, int offset, int length) throws IOException {
        return JSON.createParser(data, offset, length);
    }

    /** A string or a number as text; {@code null} for anything else. */
    public static String text(JsonParser parser, JsonToken value) throws IOException {
        if (value == JsonToken.VALUE_STRING || value.isNumeric()) {
            return parser.getText();
        }
        parser.skipChildren();
        return null;
    }

    /** A number, or a string that is one. */
    public static int integer(JsonParser parser, JsonToken value, int otherwise) throws IOException {
        if (value.isNumeric()) {
            return (int) parser.getDoubleValue();
        }
        if (value == JsonToken.VALUE_STRING) {
            return parser.getValueAsInt(otherwise);
        }
        parser.skipChildren();
        return otherwise;
    }

    /** Whether the value of a field {@code error} says something: then it is one, as the official clients see it. */
    public static boolean isError(JsonParser parser, JsonToken value) throws IOException {
        boolean error = switch (value) {
            case VALUE_NULL, VALUE_FALSE -> false;
            case VALUE_STRING -> parser.getTextLength() > 0;
            default -> true;
        };
        parser.skipChildren();
        return error;
    }

    /** Seconds, whole or not; servers that send milliseconds are told by the size. {@code null} when it is no time. */
    public static Instant instant(double seconds) {
        return seconds > 0 ? Instant.ofEpochMilli(Math.round(seconds < MILLISECONDS_FROM ? seconds * 1000 : seconds)) : null;
    }

    /** Where the current value begins, from the beginning of the payload. */
    public static int position(JsonParser parser) {
        return (int) parser.currentTokenLocation().getByteOffset();
    }

    /** The current value, exactly as it stands in the bytes. */
    public static RawJson raw(JsonParser parser, byte[] data, int offset) throws IOException {
        int from = position(parser);
        parser.skipChildren();
        parser.finishToken();
        int to = (int) parser.currentLocation().getByteOffset();
        return RawJson.verbatim(new String(data, offset + from, to - from, StandardCharsets.UTF_8));
    }
}
