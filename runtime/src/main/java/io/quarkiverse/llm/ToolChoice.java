package io.quarkiverse.llm;

import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** Which of the offered tools the model may or must call. */
public sealed interface ToolChoice {

    /** The model decides. */
    ToolChoice AUTO = Mode.AUTO;
    /** No call, although tools are offered. */
    ToolChoice NONE = Mode.NONE;
    /** At least one call. */
    ToolChoice REQUIRED = Mode.REQUIRED;

    /** The model must call this function. */
    static ToolChoice function(String name) {
        return new Function(name);
    }

    /** A choice that names no tool. */
    enum Mode implements ToolChoice {
        /** The model decides. */
        AUTO,
        /** No call, although tools are offered. */
        NONE,
        /** At least one call. */
        REQUIRED;

        private final String wireName = name().toLowerCase(Locale.ROOT);

        /** The name both wire APIs use: the lower-case constant. */
        public String wireName() {
            return wireName;
        }
    }

    /** A choice of one tool. */
    sealed interface Named extends ToolChoice {
    }

    /** The model must call this function. */
    record Function(String name) implements Named {

        public Function {
            Objects.requireNonNull(name, "name");
        }
    }

    /** The model must call this custom tool. */
    record Custom(String name) implements Named {

        public Custom {
            Objects.requireNonNull(name, "name");
        }
    }

    /**
     * The model may ({@link Mode#AUTO}) or must ({@link Mode#REQUIRED}) call one of these; the other offered tools stay
     * in the request, which keeps the server's prompt cache valid.
     */
    record Allowed(Mode mode, List<Named> tools) implements ToolChoice {

        public Allowed {
            Objects.requireNonNull(mode, "mode");
            tools = List.copyOf(tools);
        }
    }

    /** Another choice, as the server wants it, such as {@code {"type":"file_search"}}. */
    record Opaque(RawJson json) implements Named {

        public Opaque {
            Objects.requireNonNull(json, "json");
        }
    }
}
