package io.quarkiverse.llm.runtime.json;

import java.util.Optional;

/** A text is not JSON, or not of the expected shape. The message is a sentence that names the field. */
public final class JsonShapeException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    /** What is wrong. */
    public enum Fault {
        /** The text is not JSON, or nested too deep to be read. */
        NO_JSON,
        /** A field that must be there is not. */
        MISSING,
        /** A value is of another kind: a number instead of a string. */
        KIND,
        /** A value is of the right kind and none of those that are allowed. */
        VALUE
    }

    private final Fault fault;
    private final String field;
    private final String predicate;
    /** Where it is sought only when somebody asks: in long lists the way to it is long. */
    private final transient JsonDocument document;
    private final transient int index;

    JsonShapeException(String message) {
        this(message, null);
    }

    JsonShapeException(String message, Throwable cause) {
        super(message, cause);
        this.fault = Fault.NO_JSON;
        this.field = null;
        this.predicate = message;
        this.document = null;
        this.index = 0;
    }

    /**
     * @param index of the value that is wrong, or of the object that lacks the field
     * @param field that is missing, else {@code null}
     */
    JsonShapeException(Fault fault, JsonDocument document, int index, String field, String predicate) {
        this.fault = fault;
        this.document = document;
        this.index = index;
        this.field = field;
        this.predicate = predicate;
    }

    public Fault fault() {
        return fault;
    }

    /** What is wrong, such as {@code input[2].call_id}; empty for the whole text. */
    public Optional<String> place() {
        if (document == null) {
            return Optional.empty();
        }
        String path = document.path(index);
        String place = field == null ? path : path.isEmpty() ? field : path + "." + field;
        return Optional.of(place).filter(known -> !known.isEmpty());
    }

    @Override
    public String getMessage() {
        if (document == null) {
            return predicate;
        }
        return place().map(place -> "\"" + place + "\" ").orElse("The value ") + predicate;
    }
}
