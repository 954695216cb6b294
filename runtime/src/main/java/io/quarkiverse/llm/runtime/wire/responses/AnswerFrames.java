package io.quarkiverse.llm.runtime.wire.responses;

import java.io.IOException;
import java.util.Set;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

/** Tells by what an event says of itself whether an answer begins with it, or ends. */
public final class AnswerFrames {

    private static final JsonFactory JSON = new JsonFactory();
    private static final Set<String> FIRST = Set.of("response.created", "response.queued", "response.failed", "error",
            "response.error");
    private static final String NOTHING = "";
    /** Some count from 1. */
    private static final int LAST_FIRST_NUMBER = 1;

    private AnswerFrames() {
    }

    /** Whether an answer that keeps to the protocol begins with it. */
    public static boolean isFirst(byte[] data, int offset, int length) {
        return FIRST.contains(type(data, offset, length));
    }

    /**
     * Whether an answer may begin with it whose server leaves out the announcement. What cannot be read may: who reads the
     * answer says why not.
     */
    public static boolean mayBeFirst(byte[] data, int offset, int length) {
        return switch (EventKind.of(type(data, offset, length))) {
            case ANNOUNCEMENT, PROGRESS, ITEM_ADDED, ERROR -> true;
            // Without its beginning an answer still counts from there, or does not count: what is in the middle of something
            // and has a higher number is a late event of another answer, which must not get into this one.
            default -> number(data, offset, length) <= LAST_FIRST_NUMBER;
        };
    }

    /** Whether it only shows that the server is there. */
    public static boolean isAside(byte[] data, int offset, int length) {
        return EventKind.of(type(data, offset, length)) == EventKind.NOISE;
    }

    /** Whether the server says no more after it. */
    public static boolean isLast(byte[] data, int offset, int length) {
        return switch (EventKind.of(type(data, offset, length))) {
            case END, ERROR -> true;
            default -> false;
        };
    }

    /** Empty for what is no event. */
    private static String type(byte[] data, int offset, int length) {
        try (JsonParser parser = at("type", data, offset, length)) {
            return parser.hasToken(JsonToken.VALUE_STRING) ? parser.getText() : NOTHING;
        } catch (IOException e) {
            return NOTHING;
        }
    }

    /** Zero for what has none. */
    private static long number(byte[] data, int offset, int length) {
        try (JsonParser parser = at("sequence_number", data, offset, length)) {
            return parser.hasToken(JsonToken.VALUE_NUMBER_INT) ? parser.getLongValue() : 0;
        } catch (IOException e) {
            return 0;
        }
    }

    /** Stands at the value of that field, or behind the last of them. */
    private static JsonParser at(String field, byte[] data, int offset, int length) throws IOException {
        JsonParser parser = JSON.createParser(data, offset, length);
        if (parser.nextToken() == JsonToken.START_OBJECT) {
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                boolean isIt = parser.currentName().equals(field);
                parser.nextToken();
                if (isIt) {
                    break;
                }
                parser.skipChildren();
            }
        }
        return parser;
    }
}
