package io.quarkiverse.llm.runtime.json;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;

/**
 * A JSON text and where in it each value stands. The text is scanned once, so that reading it costs the same however deep it
 * is nested; values are taken from the text when they are asked for.
 * <p>
 * Values are numbered in the order they begin, the root is 0. The children of a container follow it at once; the first value
 * after it is {@link #next(int)}.
 */
final class JsonDocument {

    /** The text is in memory already: what its sender may send is limited where it is received. */
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder().maxStringLength(Integer.MAX_VALUE).build())
            .build();

    private static final int START = 0;
    private static final int END = 1;
    private static final int NEXT = 2;
    private static final int WIDTH = 3;

    private final String text;
    private int[] places = new int[WIDTH * 16];
    private String[] names = new String[16];
    private int size;

    private JsonDocument(String text) {
        this.text = text;
    }

    /**
     * @throws JsonShapeException when the text is not exactly one JSON value
     */
    static JsonDocument parse(String text) {
        JsonDocument document = new JsonDocument(text);
        try (JsonParser parser = FACTORY.createParser(text)) {
            if (parser.nextToken() == null) {
                throw new JsonShapeException("Not JSON: the text is empty");
            }
            document.scan(parser);
            if (parser.nextToken() != null) {
                throw new JsonShapeException("Not JSON: more follows after the end of the value");
            }
        } catch (JsonProcessingException e) {
            throw new JsonShapeException("Not JSON: " + sentence(e), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return document;
    }

    private static String sentence(JsonProcessingException failure) {
        String message = failure.getOriginalMessage();
        int aside = message.indexOf(" (start marker");
        String sentence = aside < 0 ? message : message.substring(0, aside);
        JsonLocation location = failure.getLocation();
        return location == null ? sentence
                : sentence + " (line " + location.getLineNr() + ", column " + location.getColumnNr() + ")";
    }

    private void scan(JsonParser parser) throws IOException {
        int[] open = new int[8];
        int depth = 0;
        String name = null;
        JsonToken token = parser.currentToken();
        while (token != null) {
            if (token == JsonToken.FIELD_NAME) {
                name = parser.currentName();
            } else if (token.isStructEnd()) {
                close(open[--depth], parser);
            } else {
                int value = add(name, (int) parser.currentTokenLocation().getCharOffset());
                name = null;
                if (token.isStructStart()) {
                    open = depth == open.length ? Arrays.copyOf(open, 2 * depth) : open;
                    open[depth++] = value;
                } else if (token == JsonToken.VALUE_STRING) {
                    parser.finishToken();
                    close(value, parser);
                } else {
                    close(value, start(value) + parser.getTextLength());
                }
            }
            token = depth == 0 ? null : parser.nextToken();
        }
    }

    private int add(String name, int start) {
        if (size == names.length) {
            names = Arrays.copyOf(names, 2 * size);
            places = Arrays.copyOf(places, 2 * places.length);
        }
        names[size] = name;
        places[WIDTH * size + START] = start;
        return size++;
    }

    private void close(int value, JsonParser parser) {
        close(value, (int) parser.currentLocation().getCharOffset());
    }

    private void close(int value, int end) {
        places[WIDTH * value + END] = end;
        places[WIDTH * value + NEXT] = size;
    }

    private int start(int value) {
        return places[WIDTH * value + START];
    }

    int next(int value) {
        return places[WIDTH * value + NEXT];
    }

    /** The name of the field the value belongs to; null for the root and the elements of a list. */
    String name(int value) {
        return names[value];
    }

    /** The first character of the value, which tells its kind. */
    char first(int value) {
        return text.charAt(start(value));
    }

    String slice(int value) {
        return text.substring(start(value), places[WIDTH * value + END]);
    }

    /** The characters of a string. */
    String string(int value) {
        int start = start(value);
        int end = places[WIDTH * value + END];
        int escape = text.indexOf('\\', start);
        if (escape < 0 || escape >= end) {
            return text.substring(start + 1, end - 1);
        }
        try (JsonParser parser = FACTORY.createParser(text.substring(start, end))) {
            parser.nextToken();
            return parser.getText();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** For instance {@code input[2].call_id}; empty for the root. */
    String path(int value) {
        StringBuilder path = new StringBuilder();
        int at = 0;
        while (at != value) {
            int position = 0;
            boolean list = first(at) == '[';
            at++;
            while (next(at) <= value) {
                at = next(at);
                position++;
            }
            if (list) {
                path.append('[').append(position).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(names[at]);
            }
        }
        return path.toString();
    }
}
