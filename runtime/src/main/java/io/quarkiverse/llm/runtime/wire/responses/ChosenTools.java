package io.quarkiverse.llm.runtime.wire.responses;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import io.quarkiverse.llm.Tool;
import io.quarkiverse.llm.ToolChoice;
import io.quarkiverse.llm.runtime.wire.ChoiceNames;
import io.quarkiverse.llm.runtime.wire.InvalidRequestException;

/** Checks that the tools a client lets its model choose from are there. */
final class ChosenTools {

    private final List<Tool> offered;

    ChosenTools(List<Tool> offered) {
        this.offered = offered;
    }

    /**
     * @throws InvalidRequestException when one is not
     */
    void check(Optional<ToolChoice> choice) {
        List<ToolChoice.Named> named = named(choice).toList();
        if (named.isEmpty()) {
            return;
        }
        // The types of hosted tools have versions, and their choices have them or not: the server knows them.
        boolean hosted = offered.stream().anyMatch(tool -> tool instanceof Tool.Opaque || tool instanceof Tool.Namespace);
        Set<ToolChoice.Named> choices = ChoiceNames.choices(offered);
        named.stream().filter(tool -> tool instanceof ToolChoice.Opaque ? !hosted : !choices.contains(tool)).findFirst()
                .ifPresent(missing -> {
            throw new InvalidRequestException("\"tool_choice\" names " + words(missing) + ", which is not among \"tools\"",
                    "tool_choice", "invalid_value");
        });
    }

    private static Stream<ToolChoice.Named> named(Optional<ToolChoice> choice) {
        if (choice.isPresent() && choice.get() instanceof ToolChoice.Allowed allowed) {
            return allowed.tools().stream();
        }
        return choice.stream().filter(ToolChoice.Named.class::isInstance).map(ToolChoice.Named.class::cast);
    }

    private static String words(ToolChoice.Named named) {
        if (named instanceof ToolChoice.Function function) {
            return "the function \"" + function.name() + "\"";
        } else if (named instanceof ToolChoice.Custom custom) {
            return "the custom tool \"" + custom.name() + "\"";
        }
        return "a tool of the server";
    }
}
