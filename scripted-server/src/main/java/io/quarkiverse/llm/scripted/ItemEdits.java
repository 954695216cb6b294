package io.quarkiverse.llm.scripted;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/**
 * Changes to the order and completeness of the events of items. They need the indexes, so they come before what takes those.
 */
final class ItemEdits {

    private static final String ADDED = "response.content_part.added";

    private ItemEdits() {
    }

    /** Moves the first delta of each part before the event that begins the part. */
    static void contentBeforePart(List<JsonObject> events) {
        for (int i = 0; i + 1 < events.size(); i++) {
            if (EventEdits.is(events.get(i), ADDED) && EventEdits.isDelta(events.get(i + 1))) {
                events.add(i + 1, events.remove(i));
                i++;
            }
        }
    }

    /** All that closes something comes when everything has come, item by item. */
    static void doneAtTheEnd(List<JsonObject> events) {
        List<JsonObject> done = events.stream().filter(EventEdits::isDone).toList();
        EventEdits.remove(events, done);
        events.addAll(EventEdits.lastEvent(events), done);
    }

    /** Items take turns, an event each, and all are open at a time. */
    static void interleave(List<JsonObject> events) {
        List<Iterator<JsonObject>> turns = new ArrayList<>();
        List<JsonObject> ofItems = new ArrayList<>();
        for (List<JsonObject> ofItem : EventEdits.byItem(events)) {
            ofItems.addAll(ofItem);
            turns.add(ofItem.iterator());
        }
        EventEdits.remove(events, ofItems);
        List<JsonObject> mixed = new ArrayList<>();
        while (mixed.size() < ofItems.size()) {
            turns.stream().filter(Iterator::hasNext).forEach(item -> mixed.add(item.next()));
        }
        events.addAll(EventEdits.lastEvent(events), mixed);
    }

    /** Takes away the beginning of those calls that come directly after another call. */
    static void onlyFirstCallAdded(List<JsonObject> events) {
        List<JsonObject> gone = new ArrayList<>();
        boolean afterCall = false;
        for (JsonObject added : events.stream().filter(EventEdits::isAdded).toList()) {
            boolean call = EventEdits.isCall(added.getJsonObject("item"));
            if (call && afterCall) {
                gone.add(added);
            }
            afterCall = call;
        }
        EventEdits.remove(events, gone);
    }

    /** The events of a call speak of it by its call id, and it has no id of its own. */
    static void callsWithoutId(List<JsonObject> events) {
        for (List<JsonObject> ofItem : EventEdits.byItem(events)) {
            List<JsonObject> calls = ofItem.stream().flatMap(event -> EventEdits.items(event).stream())
                    .filter(EventEdits::isCall).toList();
            if (!calls.isEmpty()) {
                Object callId = calls.get(0).getValue("call_id");
                ofItem.stream().filter(event -> event.containsKey("item_id")).forEach(event -> event.put("item_id", callId));
            }
        }
        EventEdits.eachCall(item -> item.remove("id")).accept(events);
    }

    /** The items of the last event have other ids than those that were streamed. */
    static void otherIdsAtTheEnd(List<JsonObject> events) {
        events.stream().filter(EventEdits::isLast).flatMap(event -> EventEdits.items(event).stream())
                .filter(item -> item.containsKey("id")).forEach(item -> item.put("id", item.getValue("id") + "_again"));
    }

    /** The last event has no reasoning, so that the other items stand further in front, and they have other ids. */
    static void withoutReasoningAndOtherIdsAtTheEnd(List<JsonObject> events) {
        EventEdits.each(EventEdits::isLast, event -> event.getJsonObject("response").put("output",
                new JsonArray(EventEdits.items(event).stream()
                        .filter(item -> !"reasoning".equals(item.getValue("type"))).toList())))
                .accept(events);
        otherIdsAtTheEnd(events);
    }

    /** Takes the deltas of these kinds away, where something tells later what was in them. */
    static Consumer<List<JsonObject>> withoutDeltas(String... textEvents) {
        Set<String> types = Arrays.stream(textEvents).map(type -> type + ".delta").collect(Collectors.toSet());
        return EventEdits.without(event -> types.contains(EventEdits.type(event)));
    }

    static Consumer<List<JsonObject>> withoutAdded(Predicate<JsonObject> which) {
        return EventEdits.without(event -> EventEdits.isAdded(event) && which.test(event.getJsonObject("item")));
    }

    static Consumer<List<JsonObject>> eachEnd(Consumer<JsonObject> edit) {
        return EventEdits.each(EventEdits::isLast, event -> edit.accept(event.getJsonObject("response")));
    }

    /** Says of an answer that was cut that it is whole, in the last event and of each item. */
    static void claimCompletion(List<JsonObject> events) {
        EventEdits.eachItem(item -> item.put("status", "incomplete".equals(item.getValue("status")) ? "completed"
                : item.getValue("status"))).accept(events);
        EventEdits.each(event -> EventEdits.is(event, "response.incomplete"), event -> {
            event.put("type", "response.completed");
            event.getJsonObject("response").put("status", "completed").put("incomplete_details", null);
        }).accept(events);
    }
}
