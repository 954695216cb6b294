package io.quarkiverse.llm.runtime.wire.chat;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.Tool;
import io.quarkiverse.llm.ToolChoice;
import io.quarkiverse.llm.runtime.config.ToolChoiceForm;

/**
 * The tools of a request and the choice among them, in a form that the server understands: where it does not understand which
 * ones may be chosen, it sees no others.
 */
record OfferedTools(List<Tool> tools, Optional<ToolChoice> choice) {

    static OfferedTools of(LlmRequest request, ToolChoiceForm form, ChatLimits limits) {
        ToolChoice choice = request.toolChoice().orElse(null);
        if (choice instanceof ToolChoice.Named named && form == ToolChoiceForm.MODES) {
            return only(List.of(named), ToolChoice.REQUIRED, request.tools(), limits);
        } else if (choice instanceof ToolChoice.Allowed allowed && form != ToolChoiceForm.ALLOWED_TOOLS) {
            return only(allowed.tools(), allowed.mode(), request.tools(), limits);
        }
        return new OfferedTools(request.tools(), request.toolChoice());
    }

    private static OfferedTools only(List<ToolChoice.Named> allowed, ToolChoice mode, List<Tool> tools, ChatLimits limits) {
        Set<ToolChoice.Named> missing = new LinkedHashSet<>(allowed);
        List<Tool> left = tools.stream().filter(tool -> missing.contains(choiceOf(tool))).toList();
        left.forEach(tool -> missing.remove(choiceOf(tool)));
        // Without tools of its own the request leaves them to the extra body.
        limits.checkChosen(tools.isEmpty() ? Set.of() : missing);
        return new OfferedTools(left, Optional.of(mode));
    }

    private static ToolChoice.Named choiceOf(Tool tool) {
        if (tool instanceof Tool.Function function) {
            return new ToolChoice.Function(function.name());
        }
        return tool instanceof Tool.Custom custom ? new ToolChoice.Custom(custom.name()) : null;
    }
}
