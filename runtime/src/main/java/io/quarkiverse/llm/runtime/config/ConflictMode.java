package io.quarkiverse.llm.runtime.config;

/** What becomes of conflicts that are not errors. */
public enum ConflictMode {
    /** They are logged. */
    WARN,
    /** They fail the build or the start. */
    FAIL,
    /** Nothing. */
    IGNORE
}
