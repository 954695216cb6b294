package io.quarkiverse.llm.runtime.config.preset;

import java.util.Objects;

/**
 * Something that is known of a kind of server.
 *
 * @param value a place, or the value of a quirk or a capability
 * @param source where it is known from: a page of its documentation, its source code or a public issue
 */
public record PresetFact(Object value, String source) {

    public PresetFact {
        Objects.requireNonNull(value, "value");
        Objects.requireNonNull(source, "source");
    }
}
