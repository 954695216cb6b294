package io.quarkiverse.llm;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

import io.vertx.core.json.JsonObject;

/** Something the model may ask to be called. */
public sealed interface Tool {

    /**
     * A function with a JSON schema for its arguments, not held strictly.
     *
     * @param parameters a JSON schema of type {@code object}
     */
    static Function function(String name, String description, RawJson parameters) {
        return new Function(name, Optional.of(description), Optional.of(parameters), Optional.empty());
    }

    /** As {@link #function(String, String, RawJson)}. */
    static Function function(String name, String description, JsonObject parameters) {
        return function(name, description, RawJson.of(parameters));
    }

    /** A function without arguments. */
    static Function function(String name, String description) {
        return new Function(name, Optional.of(description), Optional.empty(), Optional.empty());
    }

    /**
     * @param parameters a JSON schema of type {@code object}; none for a function without arguments
     * @param strict whether the server shall hold the model to the schema; when it is not said it does not, as
     *        far as that can be told to it
     */
    record Function(String name, Optional<String> description, Optional<RawJson> parameters,
            Optional<Boolean> strict) implements Tool {

        public Function {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(description, "description");
            Objects.requireNonNull(parameters, "parameters");
            Objects.requireNonNull(strict, "strict");
        }

        /** The same function, held strictly or not. */
        public Function withStrict(boolean strict) {
            return new Function(name, description, parameters, Optional.of(strict));
        }
    }

    /**
     * A tool that takes free text.
     *
     * @param format {@code {"type":"text"}} or a grammar, as the Responses API has it
     */
    record Custom(String name, Optional<String> description, Optional<RawJson> format) implements Tool {

        public Custom {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(description, "description");
            Objects.requireNonNull(format, "format");
        }
    }

    /** Tools under a common name; their calls come back with {@link ToolCall#namespace()}. */
    record Namespace(String name, String description, List<Tool> tools) implements Tool {

        public Namespace {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(description, "description");
            tools = List.copyOf(tools);
        }
    }

    /**
     * A tool the server itself runs (web search, file search, MCP, ...), given as the server wants it.
     *
     * @param type the value of its {@code type} field
     * @param json the whole tool
     */
    record Opaque(String type, RawJson json) implements Tool {

        public Opaque {
            Objects.requireNonNull(type, "type");
            Objects.requireNonNull(json, "json");
        }
    }
}
