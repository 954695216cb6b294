package io.quarkiverse.llm.gateway.runtime.translation;

import io.quarkiverse.llm.Tool;
import io.quarkiverse.llm.ToolCall;

/**
 * A tool that a client offers, and what the provider is offered for it.
 *
 * @param tool a function or a custom tool
 * @param place where it stands in the request
 */
record OfferedTool(ToolKey key, Tool tool, String place) {

    ToolCall.Kind kind() {
        return tool instanceof Tool.Custom ? ToolCall.Kind.CUSTOM : ToolCall.Kind.FUNCTION;
    }

    /** The function of that name that does what the tool does. */
    Tool.Function function(String name) {
        if (tool instanceof Tool.Custom custom) {
            return CustomTool.function(name, custom);
        }
        Tool.Function function = (Tool.Function) tool;
        return new Tool.Function(name, function.description(), function.parameters().flatMap(ObjectSchema::of),
                function.strict());
    }

    /** Whether the client must not be shown what the provider calls it. */
    boolean differs(String name) {
        return kind() == ToolCall.Kind.CUSTOM || key.namespace().isPresent() || !key.name().equals(name);
    }
}
