package io.quarkiverse.llm.runtime.wire.responses;

import java.util.List;

import io.quarkiverse.llm.Tool;

/**
 * What the Responses API does by default, and Chat Completions does not: it holds functions strictly to their schema, and
 * refuses schemas that are not made for that (platform.openai.com/docs/guides/function-calling#strict-mode). So that a
 * request means the same in both, a function of which nothing was said is not strict.
 */
final class ToolStrictness {

    private ToolStrictness() {
    }

    static List<Tool> said(List<Tool> tools) {
        return tools.stream().map(ToolStrictness::said).toList();
    }

    private static Tool said(Tool tool) {
        if (tool instanceof Tool.Function function) {
            return function.strict().isPresent() ? function : function.withStrict(false);
        } else if (tool instanceof Tool.Namespace space) {
            return new Tool.Namespace(space.name(), space.description(), said(space.tools()));
        }
        return tool;
    }
}
