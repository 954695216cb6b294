package io.quarkiverse.llm.scripted;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;

import io.vertx.core.json.JsonObject;

/** The requests of one {@code stream_id} of a connection, or of those without one: one is answered after the other. */
final class Lane {

    /** The response that may be gone on from, under each id that it was told under, and all items up to its end. */
    record Held(Set<String> ids, List<JsonObject> history) {
    }

    final Optional<String> streamId;
    final Queue<RecordedRequest> waiting = new ArrayDeque<>();
    boolean isRunning;
    private Held held;

    Lane(Optional<String> streamId) {
        this.streamId = streamId;
    }

    boolean isFree() {
        return !isRunning && waiting.isEmpty();
    }

    boolean holds(String responseId) {
        return held != null && held.ids().contains(responseId);
    }

    List<JsonObject> history() {
        return held.history();
    }

    void hold(Held newest) {
        held = newest;
    }

    void forget() {
        held = null;
    }
}
