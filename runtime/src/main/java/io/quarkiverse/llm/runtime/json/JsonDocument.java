package io.quarkiverse.llm.runtime.json;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.BitSet;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;

/**
 * A JSON text and where in it each value stands. The text is scanned once, so that reading it costs the same however deep it
 * is nested; values are taken from the text when they are asked for.
 * <p>
 * Values are numbered in the order they begin, the root is 0. The children of a container follow it at once; the first value
 * after it is {@link #next(int)}.
 */
final class JsonDocument {

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .streamReadConstraints(JsonText.LIMITS)
            .build();

    private static final int START = 0;
    private static final int END = 1;
    private static final int NEXT = 2;
    private static final int WIDTH = 3;

    private final String text;
    private int[] places = new int[WIDTH * 16];
    private String[] names = new String[16];
    /** The strings that have escapes: to look for one each time a string is taken would cost its length again. */
    private final BitSet escaped = new BitSet();
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
                    // an escape is always longer than what it stands for
                    escaped.set(value, parser.getTextLength() + 2 < end(value) - start(value));
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

    private int end(int value) {
        return places[WIDTH * value + END];
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
        return text.substring(start(value), end(value));
    }

    /** The characters of a string. */
    String string(int value) {
        if (!escaped.get(value)) {
            return text.substring(start(value) + 1, end(value) - 1);
        }
        try (JsonParser parser = FACTORY.createParser(slice(value))) {
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
