package io.quarkiverse.llm.runtime.wire;

import java.util.Objects;

/**
 * Something of a replayed conversation that could not be handed on as it was.
 *
 * @param place where it stood in the request, such as {@code input[3].content[0]}
 * @param what a sentence that says what it was and what became of it; without a word of the conversation
 */
public record Degradation(String place, String what) {

    public Degradation {
        Objects.requireNonNull(place, "place");
        Objects.requireNonNull(what, "what");
    }

    @Override
    public String toString() {
        return place + ": " + what;
    }
}
