package io.quarkiverse.llm.runtime.wire.chat;

import java.util.List;
import java.util.Optional;

import io.quarkiverse.llm.Content;
import io.quarkiverse.llm.runtime.wire.Degradation;
import io.quarkiverse.llm.runtime.wire.Degradations;
import io.quarkiverse.llm.runtime.wire.DegradeMode;

/** What of a conversation could not be taken as it was, and what stands there now. */
final class Degrading {

    private final DegradeMode mode;
    private final Degradations degradations = new Degradations("messages");

    Degrading(DegradeMode mode) {
        this.mode = mode;
    }

    /**
     * What stands in the place of something that cannot be taken.
     *
     * @param what such as {@code an image without a URL}
     */
    Optional<Content> replace(String place, String what) {
        boolean placeholder = mode == DegradeMode.PLACEHOLDER;
        note(place, what + (placeholder ? ": a placeholder stands in its place" : " was left out"));
        return placeholder ? Optional.of(Content.text("[" + what + "]")) : Optional.empty();
    }

    /**
     * @param what a sentence that also says what became of it
     */
    void note(String place, String what) {
        degradations.add(place, what);
    }

    List<Degradation> degradations() {
        return degradations.all();
    }
}
