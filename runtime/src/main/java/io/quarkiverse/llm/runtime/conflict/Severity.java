package io.quarkiverse.llm.runtime.conflict;

import java.util.Locale;

/** How bad a conflict is, worst first. */
public enum Severity {
    /** Fails the build or the start, whatever is configured. */
    ERROR("error"),
    /** Is logged; fails with {@code quarkus.llm.conflicts=fail}. */
    WARN("warning"),
    /** Is logged, and never fails. */
    INFO("note");

    private final String noun;

    Severity(String noun) {
        this.noun = noun;
    }

    /** As reports write it before an entry: {@code warn}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    String counted(long number) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }
}
