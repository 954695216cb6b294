package io.quarkiverse.llm.runtime.conflict;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** How a report looks in a terminal. */
record ReportText(ConflictReport report) {

    private static final String INDENT = "  ";

    String of(List<Conflict> conflicts) {
        List<String> lines = new ArrayList<>();
        lines.add("Quarkus LLM found " + counts(conflicts) + " about its providers:");
        for (Conflict conflict : conflicts) {
            lines.add("");
            lines.add("[" + conflict.severity().label() + "] " + conflict.id()
                    + (report.provisional(conflict) ? " (as far as the build sees; the start decides)" : ""));
            lines.add(INDENT + (conflict.sides().isEmpty() ? sentence(conflict.what()) : conflict.what() + ":"));
            lines.addAll(sides(conflict.sides()));
            Stream.of(conflict.outcome(), conflict.mend()).filter(text -> !text.isEmpty())
                    .forEach(text -> lines.add(INDENT + sentence(text)));
        }
        hint(conflicts).ifPresent(hint -> lines.addAll(List.of("", hint)));
        return String.join("\n", lines);
    }

    private static String counts(List<Conflict> conflicts) {
        List<String> counts = Stream.of(Severity.values()).flatMap(severity -> {
            long number = conflicts.stream().filter(conflict -> conflict.severity() == severity).count();
            return number == 0 ? Stream.empty() : Stream.of(severity.counted(number));
        }).toList();
        int last = counts.size() - 1;
        return last < 1 ? String.join("", counts) : String.join(", ", counts.subList(0, last)) + " and " + counts.get(last);
    }

    /** In two columns. */
    private static List<String> sides(List<Side> sides) {
        int width = sides.stream().filter(side -> !side.origin().isEmpty()).mapToInt(side -> side.what().length()).max()
                .orElse(0);
        return sides.stream().map(side -> INDENT + INDENT + (side.origin().isEmpty() ? side.what()
                : side.what() + " ".repeat(width - side.what().length()) + INDENT + side.origin())).toList();
    }

    private Optional<String> hint(List<Conflict> conflicts) {
        if (conflicts.stream().allMatch(conflict -> conflict.severity() == Severity.ERROR)) {
            return Optional.empty();
        }
        String silence = "Silence one with quarkus.llm.conflicts-ignore=<id>, which the build reads";
        boolean warnings = conflicts.stream().anyMatch(conflict -> conflict.severity() == Severity.WARN);
        return Optional.of(switch (report.policy().mode()) {
            case FAIL -> warnings ? (report.failing().isEmpty() ? "The start fails if it still finds the warnings"
                    : "Warnings fail") + ", because of quarkus.llm.conflicts=fail. " + silence + "." : silence + ".";
            default -> warnings ? silence + "; with quarkus.llm.conflicts=fail warnings fail the build or the start."
                    : silence + ".";
        });
    }

    /** With its end. */
    static String sentence(String text) {
        return text.isEmpty() || text.endsWith("?") ? text : text + ".";
    }
}
