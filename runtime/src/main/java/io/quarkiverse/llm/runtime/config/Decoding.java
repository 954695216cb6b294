package io.quarkiverse.llm.runtime.config;

import io.quarkiverse.llm.runtime.config.value.NamedValue;

/** What becomes of an answer that departs from its wire API. */
public enum Decoding implements NamedValue {
    /** What can be repaired is repaired, and counted. */
    LENIENT,
    /** It is a failure that says what is wrong; for tests of servers. */
    STRICT
}
