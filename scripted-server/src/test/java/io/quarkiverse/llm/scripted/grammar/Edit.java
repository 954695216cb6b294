package io.quarkiverse.llm.scripted.grammar;

import java.util.List;

import io.vertx.core.json.JsonObject;

/** What a test breaks in a stream. Events are named without {@code response.}; the first one of a type is meant. */
record Edit(List<JsonObject> events) {

    JsonObject event(String type) {
        return event(type, 0);
    }

    JsonObject event(String type, int number) {
        return events.stream().filter(event -> event.getString("type").replaceFirst("^response\\.", "").equals(type))
                .skip(number).findFirst().orElseThrow(() -> new AssertionError("No " + type + " in " + events));
    }

    JsonObject last() {
        return events.get(events.size() - 1);
    }

    /** The response of the last event. */
    JsonObject response() {
        return last().getJsonObject("response");
    }

    JsonObject added(int item) {
        return event("output_item.added", item).getJsonObject("item");
    }

    /** The item as it ended. */
    JsonObject done(int item) {
        return event("output_item.done", item).getJsonObject("item");
    }

    /** The item in the output of the response at the end. */
    JsonObject output(int item) {
        return response().getJsonArray("output").getJsonObject(item);
    }

    /** The item at its end and in the output. */
    void ended(int item, String field, Object value) {
        done(item).put(field, value);
        output(item).put(field, value);
    }

    void remove(JsonObject event) {
        events.remove(indexOf(event));
        LegalStream.numbered(events);
    }

    void insertAfter(JsonObject event, JsonObject other) {
        events.add(indexOf(event) + 1, other);
        LegalStream.numbered(events);
    }

    void moveAfter(JsonObject event, JsonObject moved) {
        events.remove(indexOf(moved));
        insertAfter(event, moved);
    }

    private int indexOf(JsonObject event) {
        for (int i = 0; i < events.size(); i++) {
            if (events.get(i) == event) {
                return i;
            }
        }
        throw new AssertionError("Not there: " + event);
    }
}
