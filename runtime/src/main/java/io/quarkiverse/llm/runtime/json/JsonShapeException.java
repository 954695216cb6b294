package io.quarkiverse.llm.runtime.json;

/** A text is not JSON, or not of the expected shape. The message is a sentence that names the field. */
public final class JsonShapeException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    /** What is wrong. */
    public enum Kind {
        /** The whole text. */
        NOT_JSON,
        /** A field that must be there is not. */
        MISSING,
        /** It is a string where a number belongs, and the like. */
        WRONG_TYPE,
        /** It is of the right type, but not what can stand there. */
        WRONG_VALUE
    }

    private final Kind kind;
    private final String path;

    public JsonShapeException(String message) {
        this(message, Kind.NOT_JSON, "");
    }

    JsonShapeException(String message, Throwable cause) {
        this(message);
        initCause(cause);
    }

    JsonShapeException(String message, Kind kind, String path) {
        super(message);
        this.kind = kind;
        this.path = path;
    }

    public Kind kind() {
        return kind;
    }

    /** Where in the text it is, such as {@code input[2].call_id}; empty for the whole. */
    public String path() {
        return path;
    }
}
