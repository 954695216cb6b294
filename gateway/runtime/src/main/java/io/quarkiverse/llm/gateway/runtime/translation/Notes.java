package io.quarkiverse.llm.gateway.runtime.translation;

import java.util.ArrayList;
import java.util.List;

import io.quarkiverse.llm.runtime.wire.Degradation;

/** Collects what could not be handed on as it was. */
final class Notes {

    private final List<Degradation> all;

    Notes(List<Degradation> before) {
        this.all = new ArrayList<>(before);
    }

    /**
     * @param place where it stood in the request
     * @param what a sentence without a word of the conversation
     */
    void add(String place, String what) {
        all.add(new Degradation(place, what));
    }

    List<Degradation> all() {
        return List.copyOf(all);
    }
}
