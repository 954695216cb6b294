package io.quarkiverse.llm.scripted;

import java.util.Set;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;

/** Writes payloads as server-sent events, with LF line ends. */
final class EventWriter {

    static final String DONE = "[DONE]";

    private final Set<Framing> framing;
    private int events;

    EventWriter(Set<Framing> framing) {
        this.framing = framing;
    }

    Piece chunk(JsonObject chunk, boolean last) {
        return event(framing.contains(Framing.MULTI_LINE_DATA) ? Json.prettyText(chunk) : Json.text(chunk), last);
    }

    Piece done() {
        return event(DONE, true);
    }

    private Piece event(String payload, boolean last) {
        StringBuilder event = new StringBuilder();
        String separator = framing.contains(Framing.NO_SPACE_AFTER_COLON) ? ":" : ": ";
        if (framing.contains(Framing.EXTRA_FIELDS)) {
            event.append("event").append(separator).append("message\n");
            event.append("id").append(separator).append(events++).append('\n');
            event.append("retry").append(separator).append("3000\n");
        }
        payload.lines().forEach(line -> event.append("data").append(separator).append(line).append('\n'));
        if (last && framing.contains(Framing.NO_LAST_BLANK_LINE)) {
            event.setLength(event.length() - 1);
        } else {
            event.append('\n');
        }
        return new Piece.Data(Buffer.buffer(event.toString()), true);
    }
}
