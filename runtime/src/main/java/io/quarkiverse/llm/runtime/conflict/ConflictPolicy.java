package io.quarkiverse.llm.runtime.conflict;

import java.util.Set;

import io.quarkiverse.llm.runtime.config.ConflictMode;

/**
 * What is to become of conflicts. Errors fail whatever it says.
 *
 * @param mode {@code quarkus.llm.conflicts}
 * @param ignored {@code quarkus.llm.conflicts-ignore}: ids
 */
public record ConflictPolicy(ConflictMode mode, Set<String> ignored) {

    public ConflictPolicy {
        ignored = Set.copyOf(ignored);
    }

    boolean shows(Conflict conflict) {
        return conflict.severity() == Severity.ERROR
                || mode != ConflictMode.IGNORE && !ignored.contains(conflict.id());
    }

    boolean fails(Conflict conflict) {
        return switch (conflict.severity()) {
            case ERROR -> true;
            case WARN -> mode == ConflictMode.FAIL && shows(conflict);
            case INFO -> false;
        };
    }
}
