package io.quarkiverse.llm.scripted;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

import io.vertx.core.json.JsonObject;

/** What a stream waits for, and before which event. */
final class EventWaits {

    private final Map<JsonObject, List<Piece>> waits = new IdentityHashMap<>();
    private List<Piece> pending = new ArrayList<>();

    /** Whether the step is a wait: it goes before the next event. */
    boolean take(Step step) {
        if (step instanceof Step.Pause pause) {
            return pending.add(new Piece.Wait(pause.duration()));
        }
        return step instanceof Step.Hold hold && pending.add(new Piece.Hold(hold.released()));
    }

    /** What was taken since the last event. */
    List<Piece> pending() {
        return pending;
    }

    void before(JsonObject event) {
        if (!pending.isEmpty()) {
            waits.put(event, pending);
            pending = new ArrayList<>();
        }
    }

    List<Piece> of(JsonObject event) {
        return waits.getOrDefault(event, List.of());
    }

    /** Moves the waits of events that are gone from the stream to what came after them. */
    void keep(List<JsonObject> original, List<JsonObject> left) {
        Map<JsonObject, Boolean> there = new IdentityHashMap<>();
        left.forEach(event -> there.put(event, true));
        for (JsonObject event : original) {
            if (there.containsKey(event)) {
                pending.addAll(of(event));
                before(event);
            } else if (waits.containsKey(event)) {
                pending.addAll(waits.remove(event));
            }
        }
    }
}
