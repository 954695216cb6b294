package io.quarkiverse.llm.runtime.conflict;

import java.util.Objects;

/**
 * One of those that are in conflict.
 *
 * @param what a configuration key, a bean, an extension
 * @param origin where it comes from: a file and a line, an environment variable; empty where {@code what} says it. Never a
 *        value
 */
public record Side(String what, String origin) {

    public Side {
        Objects.requireNonNull(what, "what");
        Objects.requireNonNull(origin, "origin");
    }
}
