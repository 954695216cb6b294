package io.quarkiverse.llm.gateway.runtime.websocket;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import io.quarkiverse.llm.RawJson;
import io.quarkiverse.llm.gateway.runtime.answer.BodyRoom;
import io.quarkiverse.llm.gateway.runtime.state.Window;
import io.quarkiverse.llm.runtime.wire.responses.ResponsesBody;
import io.vertx.core.buffer.Buffer;

/**
 * What a connection remembers of its conversations, in memory alone: the last response of each lane, whatever is stored. All of
 * them can be continued on each lane.
 */
final class RecentResponses {

    private final BodyRoom room;
    private final long longest;
    private final Map<Optional<String>, Recent> byLane = new HashMap<>();

    private record Recent(String id, Window conversation, WarmedSettings settings, long bytes) {
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

    /** A request with what the warm-up has said that it goes on with. */
    Buffer completed(Buffer request) {
        if (byLane.values().stream().allMatch(recent -> recent.settings().isEmpty())) {
            return request;
        }
        ResponsesBody said = WarmedSettings.read(request);
        return byLane.values().stream().filter(recent -> said.previousResponseId().filter(recent.id()::equals).isPresent())
                .map(recent -> recent.settings().in(request, said)).findFirst().orElse(request);
    }

    /** In place of the one before. */
    void put(Optional<String> lane, String id, Window conversation, WarmedSettings settings) {
        forget(byLane.remove(lane));
        long bytes = 0;
        for (RawJson item : conversation.items()) {
            bytes += item.text().length();
        }
        for (RawJson field : settings.fields().values()) {
            bytes += field.text().length();
        }
        if (bytes <= longest && room.take(bytes)) {
            byLane.put(lane, new Recent(id, conversation, settings, bytes));
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
