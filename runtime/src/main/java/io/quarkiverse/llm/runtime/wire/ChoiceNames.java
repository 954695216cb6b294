package io.quarkiverse.llm.runtime.wire;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import io.quarkiverse.llm.Tool;
import io.quarkiverse.llm.ToolChoice;

/**
 * By which names a client may choose one of its tools: choices have no field for the namespace, so that a tool in one is
 * chosen by its name alone or by both, as {@code space__name} or {@code space.name}.
 */
public final class ChoiceNames {

    private static final String BETWEEN = "__";

    private ChoiceNames() {
    }

    /** The names that mean this tool and, as a rule, no other; in a namespace its own name may be that of others, too. */
    public static List<String> full(Optional<String> namespace, String name) {
        return namespace.map(space -> List.of(space + BETWEEN + name, space + "." + name)).orElse(List.of(name));
    }

    /** What a namespace is called that may be in another. */
    public static String nested(Optional<String> outer, String namespace) {
        return outer.map(space -> space + BETWEEN + namespace).orElse(namespace);
    }

    /** The choices of one function or custom tool that there can be among these. */
    public static Set<ToolChoice.Named> choices(List<Tool> tools) {
        Set<ToolChoice.Named> choices = new HashSet<>();
        add(tools, Optional.empty(), choices);
        return choices;
    }

    private static void add(List<Tool> tools, Optional<String> namespace, Set<ToolChoice.Named> choices) {
        for (Tool tool : tools) {
            if (tool instanceof Tool.Namespace space) {
                add(space.tools(), Optional.of(nested(namespace, space.name())), choices);
            } else if (tool instanceof Tool.Function function) {
                choices.add(new ToolChoice.Function(function.name()));
                full(namespace, function.name()).forEach(name -> choices.add(new ToolChoice.Function(name)));
            } else if (tool instanceof Tool.Custom custom) {
                choices.add(new ToolChoice.Custom(custom.name()));
                full(namespace, custom.name()).forEach(name -> choices.add(new ToolChoice.Custom(name)));
            }
        }
    }
}
