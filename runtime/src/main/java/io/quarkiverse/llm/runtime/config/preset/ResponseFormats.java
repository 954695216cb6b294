package io.quarkiverse.llm.runtime.config.preset;

import io.quarkiverse.llm.runtime.config.value.NamedValue;

/** The kinds of {@code response_format} that ask for JSON and that a server takes. */
public enum ResponseFormats implements NamedValue {
    /** {@code json_schema} and {@code json_object}. */
    ALL,
    /** Only {@code json_schema}: any JSON object is asked for by a schema that allows all of them. */
    JSON_SCHEMA,
    /** Only {@code json_object}: a schema goes into the instructions, and the server does not hold the model to it. */
    JSON_OBJECT,
    /** Neither: it is asked for in the instructions alone. */
    NONE
}
