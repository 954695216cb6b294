package io.quarkiverse.llm.runtime.config;

/** What becomes of an answer that departs from its wire API. */
public enum Decoding implements NamedValue {
    /** What can be repaired is repaired, and counted. */
    LENIENT,
    /** It is a failure that says what is wrong; for tests of servers. */
    STRICT
}
