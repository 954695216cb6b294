package io.quarkiverse.llm.runtime.wire.responses;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.quarkiverse.llm.runtime.wire.Degradation;
import io.quarkiverse.llm.runtime.wire.DegradeMode;

/** What of a replayed conversation could not be taken as it was, and what stands in its place. */
final class InputLog {

    /** More than anybody reads, and no more than a line of a log can hold. */
    private static final int MAX = 50;

    private final DegradeMode mode;
    private final List<Degradation> degradations = new ArrayList<>();

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
        if (degradations.size() < MAX) {
            degradations.add(new Degradation(place, sentence));
        } else if (degradations.size() == MAX) {
            degradations.add(new Degradation("input", "There is more of the kind, which is not listed."));
        }
    }

    List<Degradation> degradations() {
        return degradations;
    }
}
