package io.quarkiverse.llm.runtime.wire;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.RawJson;
import io.quarkiverse.llm.Tool;
import io.quarkiverse.llm.ToolChoice;
import io.quarkiverse.llm.runtime.config.preset.Quirk;
import io.quarkiverse.llm.runtime.config.preset.Quirks;
import io.quarkiverse.llm.runtime.config.preset.ToolChoiceForm;

/**
 * The tools of a request and the choice among them, in a form that the server understands: where it does not understand which
 * ones may be chosen, it sees no others.
 */
public record OfferedTools(List<Tool> tools, Optional<ToolChoice> choice) {

    /** A function without arguments still has parameters: several servers ask for them. */
    private static final RawJson NO_PARAMETERS = RawJson.verbatim("{\"type\":\"object\",\"properties\":{}}");

    public static OfferedTools of(LlmRequest request, Quirks quirks, RequestLimits limits) {
        OfferedTools offered = of(request, quirks.get(Quirk.TOOL_CHOICE_FORM), limits);
        boolean strict = quirks.is(Quirk.STRICT_TOOLS);
        return new OfferedTools(offered.tools.stream().map(tool -> explicit(tool, strict)).toList(), offered.choice);
    }

    private static OfferedTools of(LlmRequest request, ToolChoiceForm form, RequestLimits limits) {
        ToolChoice choice = request.toolChoice().orElse(null);
        if (choice instanceof ToolChoice.Named named && form == ToolChoiceForm.MODES) {
            return only(List.of(named), ToolChoice.REQUIRED, request.tools(), limits);
        } else if (choice instanceof ToolChoice.Allowed allowed && form != ToolChoiceForm.ALLOWED_TOOLS) {
            return only(allowed.tools(), allowed.mode(), request.tools(), limits);
        }
        return new OfferedTools(request.tools(), request.toolChoice());
    }

    private static OfferedTools only(List<ToolChoice.Named> allowed, ToolChoice mode, List<Tool> tools, RequestLimits limits) {
        Set<ToolChoice.Named> missing = new LinkedHashSet<>(allowed);
        List<Tool> left = tools.stream().flatMap(tool -> only(allowed, tool, missing)).toList();
        // Without tools of its own the request leaves them to the extra body.
        limits.checkChosen(tools.isEmpty() ? Set.of() : missing);
        return new OfferedTools(left, Optional.of(mode));
    }

    private static Stream<Tool> only(List<ToolChoice.Named> allowed, Tool tool, Set<ToolChoice.Named> missing) {
        if (tool instanceof Tool.Namespace space) {
            List<Tool> left = space.tools().stream().flatMap(inner -> only(allowed, inner, missing)).toList();
            return left.isEmpty() ? Stream.empty() : Stream.of(new Tool.Namespace(space.name(), space.description(), left));
        }
        List<ToolChoice.Named> chosen = allowed.stream().filter(choice -> names(choice, tool)).toList();
        missing.removeAll(chosen);
        return chosen.isEmpty() ? Stream.empty() : Stream.of(tool);
    }

    private static boolean names(ToolChoice.Named choice, Tool tool) {
        if (choice instanceof ToolChoice.Function function) {
            return tool instanceof Tool.Function offered && offered.name().equals(function.name());
        } else if (choice instanceof ToolChoice.Custom custom) {
            return tool instanceof Tool.Custom offered && offered.name().equals(custom.name());
        }
        return tool instanceof Tool.Opaque offered && choice instanceof ToolChoice.Opaque opaque
                && offered.type().equals(opaque.json().toJsonObject().getString("type"));
    }

    private static Tool explicit(Tool tool, boolean strict) {
        if (tool instanceof Tool.Function function) {
            return new Tool.Function(function.name(), function.description(),
                    function.parameters().or(() -> Optional.of(NO_PARAMETERS)), function.strict().filter(said -> strict));
        } else if (tool instanceof Tool.Namespace space) {
            return new Tool.Namespace(space.name(), space.description(),
                    space.tools().stream().map(inner -> explicit(inner, strict)).toList());
        }
        return tool;
    }

    /** A choice among no tools is refused by servers that check it. */
    public boolean isEmpty(BodyWriter body) {
        return tools.isEmpty() && !body.extra().containsKey("tools");
    }
}
