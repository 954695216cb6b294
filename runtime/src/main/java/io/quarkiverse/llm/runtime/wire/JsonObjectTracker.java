package io.quarkiverse.llm.runtime.wire;

import java.io.IOException;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

import io.vertx.core.json.Json;

/**
 * Follows a JSON object that arrives in pieces, just closely enough to know when its last brace has come, at a cost of one
 * look at each character however often it is asked.
 */
public final class JsonObjectTracker {

    private static final JsonFactory JSON = new JsonFactory();

    private int depth;
    private boolean begun;
    private boolean inString;
    private boolean escaped;
    private boolean closed;
    private boolean broken;

    public void append(CharSequence piece) {
        for (int i = 0; i < piece.length() && !broken; i++) {
            append(piece.charAt(i));
        }
    }

    private void append(char c) {
        if (inString) {
            if (escaped) {
                escaped = false;
            } else if (c == '\\') {
                escaped = true;
            } else if (c == '"') {
                inString = false;
            }
        } else if (isSpace(c)) {
            return;
        } else if (closed || !begun && c != '{') {
            broken = true;
        } else if (c == '{' || c == '[') {
            begun = true;
            depth++;
        } else if (c == '}' || c == ']') {
            depth--;
            closed = depth == 0;
        } else if (c == '"') {
            inString = true;
        }
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c == '\n' || c == '\t' || c == '\r';
    }

    /** Another object is going to arrive. */
    public void reset() {
        depth = 0;
        begun = false;
        inString = false;
        escaped = false;
        closed = false;
        broken = false;
    }

    /** Whether the object's last brace has come and nothing after it. */
    public boolean isClosed() {
        return closed && !broken;
    }

    /** Whether both are JSON and say the same, white space and the order of fields aside. */
    public static boolean isSame(String one, String other) {
        return one.equals(other) || isJson(one) && isJson(other) && Json.decodeValue(one).equals(Json.decodeValue(other));
    }

    /** Whether the text is one JSON value, of any kind, and nothing else. */
    public static boolean isJson(String text) {
        try (JsonParser parser = JSON.createParser(text)) {
            JsonToken first = parser.nextToken();
            if (first == null) {
                return false;
            }
            parser.skipChildren();
            return parser.nextToken() == null;
        } catch (IOException e) {
            return false;
        }
    }
}
