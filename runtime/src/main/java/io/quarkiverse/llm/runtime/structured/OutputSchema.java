package io.quarkiverse.llm.runtime.structured;

import java.util.Objects;

/**
 * The schema of a type, as data that the build can hand to the application.
 *
 * @param name of the schema: letters, digits, dashes and underscores, at most 64
 * @param schema the JSON
 * @param strict whether it keeps to what strict servers take
 * @param wrapped whether the value stands in the field {@value #VALUE} of an object, since an answer must be an object
 */
public record OutputSchema(String name, String schema, boolean strict, boolean wrapped) {

    static final String VALUE = "value";
    private static final int MAX_NAME = 64;

    public OutputSchema {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(schema, "schema");
    }

    /** The simple name, as far as names of schemas may have it. */
    static String nameOf(Class<?> type) {
        String name = type.getSimpleName().replace("[]", "_array").replaceAll("[^a-zA-Z0-9_-]", "_");
        return name.length() > MAX_NAME ? name.substring(0, MAX_NAME) : name;
    }
}
