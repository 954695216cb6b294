package io.quarkiverse.llm.scripted;

import java.util.Set;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;

/** Writes payloads as server-sent events, with LF line ends. */
final class EventWriter {

    static final String DONE = "[DONE]";

    private final Api api;
    private final Set<Framing> framing;
    private int events;

    EventWriter(Api api, Set<Framing> framing) {
        this.api = api;
        this.framing = framing;
    }

    Piece event(JsonObject json, boolean last) {
        String name = api == Api.RESPONSES && !framing.contains(Framing.NO_EVENT_LINE) ? json.getString("type") : null;
        JsonObject data = json;
        if (name != null && framing.contains(Framing.TYPE_IN_EVENT_LINE_ONLY)) {
            data = json.copy();
            data.remove("type");
        }
        return event(name, framing.contains(Framing.MULTI_LINE_DATA) ? Json.prettyText(data) : Json.text(data), last);
    }

    Piece done() {
        return event(null, DONE, true);
    }

    private Piece event(String name, String payload, boolean last) {
        StringBuilder event = new StringBuilder();
        String separator = framing.contains(Framing.NO_SPACE_AFTER_COLON) ? ":" : ": ";
        if (name != null) {
            event.append("event").append(separator).append(name).append('\n');
        }
        if (framing.contains(Framing.EXTRA_FIELDS)) {
            if (api == Api.CHAT_COMPLETIONS) {
                event.append("event").append(separator).append("message\n");
            }
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
