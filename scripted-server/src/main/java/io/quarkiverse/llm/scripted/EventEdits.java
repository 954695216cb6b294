package io.quarkiverse.llm.scripted;

import java.util.ArrayList;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** Ways to walk over the parts of Responses events that deviations change. */
final class EventEdits {

    private EventEdits() {
    }

    static String type(JsonObject event) {
        return event.getValue("type") instanceof String type ? type : "";
    }

    static boolean is(JsonObject event, String... types) {
        return List.of(types).contains(type(event));
    }

    static Consumer<List<JsonObject>> each(Predicate<JsonObject> which, Consumer<JsonObject> edit) {
        return events -> events.stream().filter(which).forEach(edit);
    }

    static Consumer<List<JsonObject>> eachEvent(Consumer<JsonObject> edit) {
        return each(event -> true, edit);
    }

    /** The response in each event that has one. */
    static Consumer<List<JsonObject>> eachResource(Consumer<JsonObject> edit) {
        return each(event -> event.getValue("response") instanceof JsonObject,
                event -> edit.accept(event.getJsonObject("response")));
    }

    /** Each item where it begins, ends, and in the last event. */
    static Consumer<List<JsonObject>> eachItem(Consumer<JsonObject> edit) {
        return events -> events.forEach(event -> items(event).forEach(edit));
    }

    static Consumer<List<JsonObject>> eachCall(Consumer<JsonObject> edit) {
        return eachItem(item -> {
            if (isCall(item)) {
                edit.accept(item);
            }
        });
    }

    static Consumer<List<JsonObject>> without(Predicate<JsonObject> which) {
        return events -> events.removeIf(which);
    }

    static Consumer<List<JsonObject>> without(String... types) {
        return without(event -> is(event, types));
    }

    static boolean isCall(JsonObject item) {
        return "function_call".equals(item.getValue("type"));
    }

    static boolean isAdded(JsonObject event) {
        return is(event, "response.output_item.added");
    }

    static boolean isLast(JsonObject event) {
        return ResponsesStream.LAST.contains(type(event));
    }

    /** An event that closes something within the response. */
    static boolean isDone(JsonObject event) {
        return type(event).endsWith(".done");
    }

    static boolean isDelta(JsonObject event) {
        return type(event).endsWith(".delta");
    }

    static List<JsonObject> items(JsonObject event) {
        if (event.getValue("item") instanceof JsonObject item) {
            return List.of(item);
        }
        boolean hasOutput = event.getValue("response") instanceof JsonObject response
                && response.getValue("output") instanceof JsonArray;
        return hasOutput ? event.getJsonObject("response").getJsonArray("output").stream().map(JsonObject.class::cast).toList()
                : List.of();
    }

    /** The events of each item, in the order in which the items begin. */
    static Collection<List<JsonObject>> byItem(List<JsonObject> events) {
        Map<Object, List<JsonObject>> byItem = new LinkedHashMap<>();
        for (JsonObject event : events) {
            if (event.getValue("output_index") != null) {
                byItem.computeIfAbsent(event.getValue("output_index"), index -> new ArrayList<>()).add(event);
            }
        }
        return byItem.values();
    }

    /** Takes these very events out, whatever equals them. */
    static void remove(List<JsonObject> events, List<JsonObject> these) {
        Map<JsonObject, Boolean> gone = new IdentityHashMap<>();
        these.forEach(event -> gone.put(event, true));
        events.removeIf(gone::containsKey);
    }

    /** Where the end of the response is told, or the size of the list. */
    static int lastEvent(List<JsonObject> events) {
        for (int i = 0; i < events.size(); i++) {
            if (isLast(events.get(i)) || is(events.get(i), "error")) {
                return i;
            }
        }
        return events.size();
    }
}
