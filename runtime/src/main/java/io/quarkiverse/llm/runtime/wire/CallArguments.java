package io.quarkiverse.llm.runtime.wire;

import io.quarkiverse.llm.ToolCall;

/**
 * The arguments of a tool call while they arrive in pieces: a JSON object for a function, any text for a custom tool.
 */
public final class CallArguments {

    private final JsonObjectTracker tracker = new JsonObjectTracker();
    private StringBuilder text = new StringBuilder();

    public void append(String delta, ToolCall.Kind kind) {
        text.append(delta);
        if (kind == ToolCall.Kind.FUNCTION) {
            tracker.append(delta);
        }
    }

    /** Begins anew. */
    public void forget() {
        text = new StringBuilder();
        tracker.reset();
    }

    public String text() {
        return text.toString();
    }

    /** Whether nothing has come, not even white space. */
    public boolean isEmpty() {
        return text.isEmpty();
    }

    public boolean isBlank() {
        for (int i = 0; i < text.length(); i++) {
            if (!Character.isWhitespace(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    /** To the letter. */
    public boolean is(String whole) {
        return whole.contentEquals(text);
    }

    /** Whether the last brace has come, so that nothing can follow. */
    public boolean hasLastBrace() {
        return tracker.isClosed();
    }

    /** Whether they are a JSON object to its last brace. */
    public boolean isWholeObject() {
        return tracker.isClosed() && JsonObjectTracker.isJson(text());
    }
}
