package io.quarkiverse.llm.scripted;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** Changes to the events that carry the whole response, and to events beside those of items. */
final class ResourceEdits {

    private static final Set<String> BARE = Set.of("id", "object", "status");

    private ResourceEdits() {
    }

    /** The announcements hold next to nothing. */
    static void bareStart(List<JsonObject> events) {
        events.stream().filter(event -> event.getValue("response") instanceof JsonObject && !EventEdits.isLast(event))
                .forEach(event -> event.getJsonObject("response").getMap().keySet().retainAll(BARE));
    }

    static void startBeforeEveryDelta(List<JsonObject> events) {
        List<JsonObject> start = start(events);
        for (int i = 0; i < events.size(); i++) {
            if (EventEdits.isDelta(events.get(i))) {
                List<JsonObject> again = start.stream().map(JsonObject::copy).toList();
                events.addAll(i, again);
                i += again.size();
            }
        }
    }

    static void repeatInProgress(List<JsonObject> events) {
        List<JsonObject> start = start(events);
        for (JsonObject inProgress : start.subList(Math.max(0, start.size() - 1), start.size())) {
            JsonObject again = inProgress.copy().put("prompt_progress", new JsonObject().put("total", 2).put("processed", 1));
            events.addAll(start.size(), List.of(again, again.copy()));
        }
    }

    static void noStart(List<JsonObject> events) {
        events.subList(0, start(events).size()).clear();
    }

    private static List<JsonObject> start(List<JsonObject> events) {
        int size = 0;
        while (size < events.size()
                && EventEdits.is(events.get(size), "response.created", "response.queued", "response.in_progress")) {
            size++;
        }
        return List.copyOf(events.subList(0, size));
    }

    /** Each event that has the id of the response has another. */
    static void otherIdEachTime(List<JsonObject> events) {
        int[] count = { 0 };
        EventEdits.eachResource(resource -> {
            if (resource.getValue("id") instanceof String id) {
                resource.put("id", id + "_" + count[0]++);
            }
        }).accept(events);
    }

    static void addUnknownFields(JsonObject event) {
        event.put("obfuscation", "x7Gq\"").put("timings",
                new JsonObject().put("predicted_ms", 1.5).put("nested", new JsonArray().add("]}\"type\":").addNull()));
        for (String part : List.of("item", "part", "response")) {
            if (event.getValue(part) instanceof JsonObject json) {
                json.put("vendor_note", new JsonObject().put("delta", "not this").put("type", "response.completed"));
            }
        }
    }

    static void addUnknownEvents(List<JsonObject> events) {
        List<JsonObject> mixed = new ArrayList<>();
        for (JsonObject event : events) {
            mixed.add(event);
            if (EventEdits.lastEvent(mixed) == mixed.size()) {
                mixed.add(ResponsesStream.event("response.rate_limits.updated").put("rate_limits", new JsonArray()));
                mixed.add(ResponsesStream.event("keepalive"));
                mixed.add(ResponsesStream.event("acme:trace").put("item_id", "not_yours").put("delta", "not this"));
            }
        }
        events.clear();
        events.addAll(mixed);
    }

    /** Puts these frames in place of the second half of the events. */
    static Consumer<List<JsonObject>> failInTheMiddle(String... frames) {
        return events -> {
            JsonObject response = events.get(0).getValue("response") instanceof JsonObject created ? created.copy()
                    : new JsonObject();
            events.subList(events.size() / 2, events.size()).clear();
            for (String text : frames) {
                JsonObject frame = Json.object(text);
                if (frame.getValue("response") instanceof JsonObject failed) {
                    frame.put("response", response.copy().mergeIn(failed));
                }
                events.add(frame);
            }
        };
    }
}
