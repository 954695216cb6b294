package io.quarkiverse.llm.gateway.runtime.translation;

import java.util.List;

import io.quarkiverse.llm.runtime.wire.Degradation;
import io.quarkiverse.llm.runtime.wire.Degradations;

/** Collects what could not be handed on as it was. */
final class Notes {

    private final Degradations all;

    Notes(List<Degradation> before) {
        this.all = new Degradations("input", before);
    }

    /**
     * @param place where it stood in the request
     * @param what a sentence without a word of the conversation
     */
    void add(String place, String what) {
        all.add(place, what);
    }

    /** As {@link #add(String, String)}, for an item of the conversation. */
    void add(int item, String what) {
        add("input[" + item + "]", what);
    }

    /** As {@link #add(String, String)}, for a part of an item. */
    void add(int item, int part, String what) {
        add("input[" + item + "].content[" + part + "]", what);
    }

    List<Degradation> all() {
        return all.all();
    }
}
