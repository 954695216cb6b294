package io.quarkiverse.llm.runtime.wire.responses;

import java.io.IOException;
import java.util.Set;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

/** Tells by its type whether an event begins an answer, or ends it. */
public final class AnswerFrames {

    private static final JsonFactory JSON = new JsonFactory();
    private static final Set<String> FIRST = Set.of("response.created", "response.queued", "response.failed", "error");
    private static final Set<String> LAST = Set.of("response.completed", "response.done", "response.incomplete",
            "response.failed", "response.cancelled", "error");

    private AnswerFrames() {
    }

    /** Whether an answer that keeps to the protocol begins with it. */
    public static boolean isFirst(byte[] data, int offset, int length) {
        return FIRST.contains(type(data, offset, length));
    }

    /** Whether the server says no more after it. */
    public static boolean isLast(byte[] data, int offset, int length) {
        return LAST.contains(type(data, offset, length));
    }

    /** Empty for what is no event. */
    private static String type(byte[] data, int offset, int length) {
        try (JsonParser parser = JSON.createParser(data, offset, length)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return "";
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                boolean isType = parser.currentName().equals("type");
                JsonToken value = parser.nextToken();
                if (isType) {
                    return value == JsonToken.VALUE_STRING ? parser.getText() : "";
                }
                parser.skipChildren();
            }
            return "";
        } catch (IOException e) {
            return "";
        }
    }
}
