package io.quarkiverse.llm.test;

import java.util.List;
import java.util.stream.Collectors;

import io.quarkiverse.llm.ToolCall;

/** Looks for tool calls by name and arguments. */
final class ToolCallMatch {

    private ToolCallMatch() {
    }

    static boolean matches(ToolCall call, String name, String arguments) {
        return call.name().equals(name) && Json.sameJson(arguments, call.arguments());
    }

    static String list(List<ToolCall> calls) {
        return calls.isEmpty() ? "there are no tool calls"
                : calls.stream().map(call -> "  " + call.name() + " " + call.arguments())
                        .collect(Collectors.joining("\n", "the tool calls are\n", ""));
    }
}
