package io.quarkiverse.llm.runtime.json;

/** A text is not JSON, or not of the expected shape. The message is a sentence that names the field. */
public final class JsonShapeException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    public JsonShapeException(String message) {
        super(message);
    }

    JsonShapeException(String message, Throwable cause) {
        super(message, cause);
    }
}
