package io.quarkiverse.llm.gateway.runtime.websocket;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import io.quarkiverse.llm.RawJson;
import io.quarkiverse.llm.gateway.runtime.answer.BodyRoom;
import io.quarkiverse.llm.gateway.runtime.state.Window;

/**
 * What a connection remembers of its conversations, in memory alone: the last response of each lane, whatever is stored. All of
 * them can be continued on each lane.
 */
final class RecentResponses {

    private final BodyRoom room;
    private final long longest;
    private final Map<Optional<String>, Recent> byLane = new HashMap<>();

    private record Recent(String id, Window conversation, long bytes) {
    }

    /**
     * @param room that it shares with all other connections: what does not fit is not remembered, and clients send all again
     * @param longest conversation, in bytes: no request may be longer
     */
    RecentResponses(BodyRoom room, long longest) {
        this.room = room;
        this.longest = longest;
    }

    Optional<Window> find(String id) {
        return byLane.values().stream().filter(recent -> recent.id().equals(id)).map(Recent::conversation).findFirst();
    }

    /** In place of the one before. */
    void put(Optional<String> lane, String id, Window conversation) {
        forget(byLane.remove(lane));
        long bytes = 0;
        for (RawJson item : conversation.items()) {
            bytes += item.text().length();
        }
        if (bytes <= longest && room.take(bytes)) {
            byLane.put(lane, new Recent(id, conversation, bytes));
        }
    }

    /** When the lane has failed to go on with its last response. That of another lane stays. */
    void evict(Optional<String> lane, String id) {
        Recent recent = byLane.get(lane);
        if (recent != null && recent.id().equals(id)) {
            forget(byLane.remove(lane));
        }
    }

    /** Whatever the last response of the lane is. */
    void evict(Optional<String> lane) {
        forget(byLane.remove(lane));
    }

    void clear() {
        byLane.values().forEach(this::forget);
        byLane.clear();
    }

    private void forget(Recent recent) {
        if (recent != null) {
            room.give(recent.bytes());
        }
    }
}
