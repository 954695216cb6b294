package io.quarkiverse.llm;

import java.util.Objects;
import java.util.Optional;

/**
 * A call of a tool that the model asks for.
 *
 * @param namespace of the tool, where it was offered in one
 * @param name of the tool
 * @param callId what ties the {@link ToolOutput} to this call; never empty, unique in its response
 * @param arguments the text as the model wrote it: JSON for {@link Kind#FUNCTION}, free text for {@link Kind#CUSTOM}
 */
public record ToolCall(Optional<String> id, Optional<ItemStatus> status, Kind kind, Optional<String> namespace, String name,
        String callId, String arguments) implements Item {

    /** What the arguments are. */
    public enum Kind {
        /** A JSON object that follows the tool's schema. */
        FUNCTION,
        /** Free text, possibly of a grammar. */
        CUSTOM
    }

    public ToolCall {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(status, "status");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(namespace, "namespace");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(callId, "callId");
        Objects.requireNonNull(arguments, "arguments");
    }

    /** A function call as a history has it. */
    public static ToolCall function(String callId, String name, String arguments) {
        return builder(callId, name).arguments(arguments).build();
    }

    /** A custom tool call as a history has it. */
    public static ToolCall custom(String callId, String name, String input) {
        return builder(callId, name).kind(Kind.CUSTOM).arguments(input).build();
    }

    /** A call without arguments yet, of kind {@link Kind#FUNCTION}. */
    public static Builder builder(String callId, String name) {
        return new Builder(callId, name);
    }

    /** A builder that holds all of this call but its name and call id, which stay. */
    public Builder toBuilder() {
        return new Builder(callId, name).id(id).status(status).kind(kind).namespace(namespace).arguments(arguments);
    }

    /**
     * The arguments as JSON.
     *
     * @throws IllegalArgumentException when they are none: calls of kind {@link Kind#CUSTOM}, or cut ones
     */
    public RawJson argumentsJson() {
        return RawJson.of(arguments);
    }

    /** Not thread-safe. */
    public static final class Builder {

        private final String callId;
        private final String name;
        private Optional<String> id = Optional.empty();
        private Optional<ItemStatus> status = Optional.empty();
        private Kind kind = Kind.FUNCTION;
        private Optional<String> namespace = Optional.empty();
        private String arguments = "";

        private Builder(String callId, String name) {
            this.callId = callId;
            this.name = name;
        }

        /** {@link ToolCall#id()}. */
        public Builder id(String id) {
            return id(Optional.of(id));
        }

        private Builder id(Optional<String> id) {
            this.id = id;
            return this;
        }

        /** {@link ToolCall#status()}. */
        public Builder status(ItemStatus status) {
            return status(Optional.of(status));
        }

        private Builder status(Optional<ItemStatus> status) {
            this.status = status;
            return this;
        }

        /** {@link Kind#FUNCTION} unless said. */
        public Builder kind(Kind kind) {
            this.kind = kind;
            return this;
        }

        /** {@link ToolCall#namespace()}. */
        public Builder namespace(String namespace) {
            return namespace(Optional.of(namespace));
        }

        private Builder namespace(Optional<String> namespace) {
            this.namespace = namespace;
            return this;
        }

        /** {@link ToolCall#arguments()}; empty unless said. */
        public Builder arguments(String arguments) {
            this.arguments = arguments;
            return this;
        }

        /** The call as it is now. */
        public ToolCall build() {
            return new ToolCall(id, status, kind, namespace, name, callId, arguments);
        }
    }
}
