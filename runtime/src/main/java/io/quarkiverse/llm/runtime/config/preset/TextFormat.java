package io.quarkiverse.llm.runtime.config.preset;

import io.quarkiverse.llm.runtime.config.value.NamedValue;

/** What the Responses API of a server reads of the form that an answer shall have. */
public enum TextFormat implements NamedValue {
    /** {@code text.format}, of the kinds that {@link ResponseFormats} names. */
    ALL,
    /** {@code text.format}, but of JSON a schema only. */
    JSON_SCHEMA,
    /** The field {@code response_format} of Chat Completions instead. */
    RESPONSE_FORMAT,
    /** Nothing: JSON is asked for in the instructions alone. */
    NONE;

    /**
     * The kinds to ask for JSON that the server takes.
     *
     * @param known of those that the server takes somewhere
     */
    public ResponseFormats kinds(ResponseFormats known) {
        return switch (this) {
            case ALL, RESPONSE_FORMAT -> known;
            case JSON_SCHEMA -> ResponseFormats.JSON_SCHEMA;
            case NONE -> ResponseFormats.NONE;
        };
    }
}
