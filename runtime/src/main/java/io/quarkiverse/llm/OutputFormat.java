package io.quarkiverse.llm;

import java.util.Objects;
import java.util.Optional;

/** The form the answer's text must have. */
public sealed interface OutputFormat {

    /** Any text; the default of every server. */
    OutputFormat TEXT = new Text();

    /** Some JSON object; the prompt must say which. */
    OutputFormat JSON = new Json();

    /** JSON that follows a schema, held strictly. */
    static OutputFormat jsonSchema(String name, RawJson schema) {
        return new JsonSchema(name, schema, Optional.empty(), Optional.of(true));
    }

    /** Any text. */
    record Text() implements OutputFormat {
    }

    /** Some JSON object. */
    record Json() implements OutputFormat {
    }

    /**
     * @param name of the schema: letters, digits, dashes and underscores
     * @param description what the answer is for
     * @param strict whether the server shall hold the model to the schema; the server decides when it is not said
     */
    record JsonSchema(String name, RawJson schema, Optional<String> description,
            Optional<Boolean> strict) implements OutputFormat {

        public JsonSchema {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(schema, "schema");
            Objects.requireNonNull(description, "description");
            Objects.requireNonNull(strict, "strict");
        }
    }
}
