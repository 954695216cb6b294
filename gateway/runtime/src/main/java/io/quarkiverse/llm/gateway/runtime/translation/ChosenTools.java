package io.quarkiverse.llm.gateway.runtime.translation;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import io.quarkiverse.llm.ToolChoice;
import io.quarkiverse.llm.runtime.json.JsonFields;
import io.quarkiverse.llm.runtime.json.JsonValue;
import io.quarkiverse.llm.runtime.wire.InvalidRequestException;

/**
 * Which of the client's tools the provider is offered, and what it is told of them.
 *
 * @param allowed those that may be called
 * @param choice in a form that names none but these
 */
record ChosenTools(List<OfferedTool> allowed, Optional<ToolChoice> choice) {

    private static final String PARAM = "tool_choice";

    /**
     * @throws InvalidRequestException when the client demands what cannot be
     */
    static ChosenTools of(ClientTools tools, Optional<ToolChoice> asked, Notes notes) {
        if (asked.isEmpty()) {
            return new ChosenTools(tools.all(), asked);
        }
        ToolChoice choice = asked.get();
        if (choice instanceof ToolChoice.Allowed allowed) {
            return of(tools, allowed, notes);
        } else if (choice instanceof ToolChoice.Named named) {
            OfferedTool chosen = find(tools, named).orElseThrow(() -> refused(named));
            return new ChosenTools(tools.all(), Optional.of(ToolChoice.function(tools.nameOf(chosen.key()))));
        }
        return of(tools.all(), choice);
    }

    private static ChosenTools of(ClientTools tools, ToolChoice.Allowed asked, Notes notes) {
        Set<OfferedTool> allowed = new LinkedHashSet<>();
        for (int i = 0; i < asked.tools().size(); i++) {
            ToolChoice.Named named = asked.tools().get(i);
            Optional<OfferedTool> tool = find(tools, named);
            tool.ifPresent(allowed::add);
            if (tool.isEmpty()) {
                notes.add(PARAM + ".tools[" + i + "]", "The allowed tool " + name(named) + " is not among those offered to the "
                        + "provider");
            }
        }
        return of(tools.all().stream().filter(allowed::contains).toList(), asked.mode());
    }

    private static ChosenTools of(List<OfferedTool> allowed, ToolChoice mode) {
        if (allowed.isEmpty() && mode == ToolChoice.REQUIRED) {
            throw new InvalidRequestException(
                    "tool_choice demands a tool call, but the request offers no tool that can be called "
                            + "here: functions, custom tools and namespaces of them can",
                    PARAM, "invalid_value");
        }
        return new ChosenTools(allowed, allowed.isEmpty() ? Optional.empty() : Optional.of(mode));
    }

    private static Optional<OfferedTool> find(ClientTools tools, ToolChoice.Named named) {
        return named instanceof ToolChoice.Opaque ? Optional.empty() : tools.find(name(named));
    }

    private static InvalidRequestException refused(ToolChoice.Named named) {
        String problem = named instanceof ToolChoice.Opaque
                ? "tool_choice demands the tool " + name(named)
                        + ", which the provider of this model does not have: leave it out"
                : "tool_choice demands the tool " + name(named) + ", which is not among the tools of the request";
        return new InvalidRequestException(problem, PARAM, "invalid_value");
    }

    private static String name(ToolChoice.Named named) {
        if (named instanceof ToolChoice.Function function) {
            return function.name();
        } else if (named instanceof ToolChoice.Custom custom) {
            return custom.name();
        }
        return JsonFields.of(((ToolChoice.Opaque) named).json()).value("type").map(JsonValue::stringOrText)
                .orElse("without a type");
    }
}
