package io.quarkiverse.llm.gateway.runtime.translation;

import java.util.BitSet;

import io.quarkiverse.llm.LlmEvent.OfItem;

/** The items of an answer that the client does not get to see; the places of the others close up. */
final class LeftOutItems {

    private final BitSet places = new BitSet();

    void add(int outputIndex) {
        places.set(outputIndex);
    }

    boolean isEmpty() {
        return places.isEmpty();
    }

    boolean holds(int outputIndex) {
        return places.get(outputIndex);
    }

    /** The event with the place that its item has for the client. */
    OfItem renumbered(OfItem event) {
        int place = event.outputIndex() - places.get(0, event.outputIndex()).cardinality();
        return place == event.outputIndex() ? event : PlacedEvents.at(place, event);
    }
}
