package io.quarkiverse.llm.runtime.wire;

/** What becomes of what a conversation has and the one who answers cannot take. */
public enum DegradeMode {
    /** A short text that says what stood there, in brackets. */
    PLACEHOLDER,
    /** Nothing: it is left out. */
    SKIP
}
