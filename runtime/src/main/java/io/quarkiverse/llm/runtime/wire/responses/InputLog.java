package io.quarkiverse.llm.runtime.wire.responses;

import java.util.List;
import java.util.Optional;

import io.quarkiverse.llm.runtime.wire.Degradation;
import io.quarkiverse.llm.runtime.wire.Degradations;
import io.quarkiverse.llm.runtime.wire.DegradeMode;

/** What of a replayed conversation could not be taken as it was, and what stands in its place. */
final class InputLog {

    private final DegradeMode mode;
    private final Degradations degradations = new Degradations("input");

    InputLog(DegradeMode mode) {
        this.mode = mode;
    }

    /**
     * Something cannot be taken at all.
     *
     * @param what it was, such as {@code an image without a URL}
     * @return the text in its place; empty for none
     */
    Optional<String> lost(String place, String what) {
        boolean replaced = mode == DegradeMode.PLACEHOLDER;
        note(place, Character.toUpperCase(what.charAt(0)) + what.substring(1)
                + (replaced ? ": a placeholder stands in its place." : ": it is left out."));
        return replaced ? Optional.of("[" + what + "]") : Optional.empty();
    }

    /**
     * Something is taken for what it may mean, or a part of it is left out.
     *
     * @param sentence says so
     */
    void note(String place, String sentence) {
        degradations.add(place, sentence);
    }

    List<Degradation> degradations() {
        return degradations.all();
    }
}
