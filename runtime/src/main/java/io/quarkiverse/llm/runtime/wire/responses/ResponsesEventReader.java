package io.quarkiverse.llm.runtime.wire.responses;

import static io.quarkiverse.llm.runtime.wire.StreamingJson.position;

import java.io.IOException;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonStringEncoder;

import io.quarkiverse.llm.RawJson;
import io.quarkiverse.llm.runtime.wire.PayloadTemplate;
import io.quarkiverse.llm.runtime.wire.StreamingJson;

/**
 * Reads one event straight from its bytes: takes the fields that matter and skips the rest, a field of an unexpected type
 * too. A delta that differs from the one before only in its text needs no parser. For one thread at a time.
 */
final class ResponsesEventReader {

    private final ResponsesEvent event = new ResponsesEvent();
    private final PayloadTemplate template = new PayloadTemplate();
    private String name;
    private byte[] data;
    private int offset;
    private boolean announced;

    /** All that matters of the response before its end is known. */
    void announced() {
        announced = true;
    }

    /**
     * @param name of the SSE event; empty for none
     * @return the same instance for each call
     * @throws IOException when the bytes are not one JSON value
     */
    ResponsesEvent read(String name, byte[] data, int offset, int length) throws IOException {
        String delta = name.equals(this.name) ? template.match(data, offset, length) : null;
        if (delta != null) {
            event.delta = delta;
            return event;
        }
        this.name = name;
        this.data = data;
        this.offset = offset;
        parse(length);
        if (event.type == null && !name.isEmpty() && !name.equals("message")) {
            event.type = name;
            event.named = true;
        }
        event.kind = event.type == null ? EventKind.OTHER : EventKind.of(event.type);
        if (event.delta != null && !event.delta.isEmpty() && event.logprobs == null && !event.hasError) {
            template.keep(data, offset, length);
        }
        return event;
    }

    private void parse(int length) throws IOException {
        event.clear();
        template.clear();
        try (JsonParser parser = StreamingJson.parser(data, offset, length)) {
            if (parser.nextToken() == JsonToken.START_OBJECT) {
                readEvent(parser);
            } else if (parser.currentToken() == null) {
                throw new IOException("nothing in it");
            } else {
                parser.skipChildren();
            }
            if (parser.nextToken() != null) {
                throw new IOException("more than one JSON value");
            }
        }
    }

    private void readEvent(JsonParser parser) throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String field = parser.currentName();
            JsonToken value = parser.nextToken();
            switch (field) {
                case "type" -> event.type = nonEmpty(StreamingJson.text(parser, value));
                case "item_id" -> event.itemId = nonEmpty(StreamingJson.text(parser, value));
                case "name" -> event.name = nonEmpty(StreamingJson.text(parser, value));
                case "output_index" -> event.outputIndex = index(parser, value);
                case "content_index" -> event.contentIndex = index(parser, value);
                case "summary_index" -> event.summaryIndex = index(parser, value);
                case "sequence_number" -> {
                    if (value == JsonToken.VALUE_NUMBER_INT) {
                        template.number(position(parser));
                    }
                    parser.skipChildren();
                }
                case "obfuscation" -> {
                    if (value == JsonToken.VALUE_STRING) {
                        template.ignored(position(parser));
                    }
                    parser.skipChildren();
                }
                case "delta" -> readDelta(parser, value);
                case "text", "refusal", "arguments", "input" -> event.whole = stringOrJson(parser, value);
                case "logprobs" -> event.logprobs = value == JsonToken.START_ARRAY ? elements(parser) : skip(parser);
                case "item" -> event.item = object(parser, value);
                case "part" -> event.part = object(parser, value);
                case "annotation" -> event.annotation = object(parser, value);
                case "response" -> event.response = value != JsonToken.START_OBJECT || announced && isProgress() ? skip(parser)
                        : response(parser);
                case "error" -> event.hasError = StreamingJson.isError(parser, value);
                default -> parser.skipChildren();
            }
        }
    }

    /** It says once more what has been announced. */
    private boolean isProgress() {
        return event.type != null && EventKind.of(event.type) == EventKind.PROGRESS;
    }

    /** Without what it only echoes of the request: tools and instructions can be long, and come with each announcement. */
    private RawJson response(JsonParser parser) throws IOException {
        StringBuilder response = new StringBuilder("{");
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String field = parser.currentName();
            parser.nextToken();
            if (ReceivedResponse.isRead(field)) {
                response.append(response.length() == 1 ? "\"" : ",\"")
                        .append(JsonStringEncoder.getInstance().quoteAsString(field)).append("\":").append(raw(parser).text());
            } else {
                parser.skipChildren();
            }
        }
        return RawJson.verbatim(response.append('}').toString());
    }

    private void readDelta(JsonParser parser, JsonToken value) throws IOException {
        if (value == JsonToken.VALUE_STRING) {
            template.text(position(parser));
        }
        event.delta = stringOrJson(parser, value);
    }

    /** Some servers give arguments as JSON and not as a string that holds it. */
    private String stringOrJson(JsonParser parser, JsonToken value) throws IOException {
        return switch (value) {
            case VALUE_STRING -> parser.getText();
            case VALUE_NULL -> null;
            default -> raw(parser).text();
        };
    }

    private RawJson object(JsonParser parser, JsonToken value) throws IOException {
        return value == JsonToken.START_OBJECT ? raw(parser) : skip(parser);
    }

    private RawJson elements(JsonParser parser) throws IOException {
        RawJson array = raw(parser);
        return array.text().substring(1, array.text().length() - 1).isBlank() ? null : array;
    }

    private RawJson raw(JsonParser parser) throws IOException {
        return StreamingJson.raw(parser, data, offset);
    }

    private static int index(JsonParser parser, JsonToken value) throws IOException {
        return Math.max(ResponsesEvent.NO_INDEX, StreamingJson.integer(parser, value, ResponsesEvent.NO_INDEX));
    }

    private static String nonEmpty(String text) {
        return text == null || text.isEmpty() ? null : text;
    }

    private static RawJson skip(JsonParser parser) throws IOException {
        parser.skipChildren();
        return null;
    }
}
