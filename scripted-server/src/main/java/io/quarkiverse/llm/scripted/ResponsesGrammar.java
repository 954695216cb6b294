package io.quarkiverse.llm.scripted;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/**
 * The order in which events of a stream of the Responses API may come, and what must agree between them: what the official
 * servers keep to, and the official clients rely on.
 */
public final class ResponsesGrammar {

    private static final Set<String> TERMINAL = Set.of("response.completed", "response.incomplete", "response.failed");

    private final boolean careful;
    private final List<String> violations = new ArrayList<>();
    /** By their places; those that are done, too. */
    private final List<ResponsesItemGrammar> items = new ArrayList<>();
    private final Set<String> identities = new HashSet<>();
    private int number;
    private String responseId;
    private boolean failing;
    private boolean ended;

    private ResponsesGrammar(boolean careful) {
        this.careful = careful;
    }

    /** What is wrong with a whole stream, a sentence each; empty for nothing. */
    public static List<String> violations(List<JsonObject> events) {
        return new ResponsesGrammar(false).check(events);
    }

    /**
     * As {@link #violations(List)}, of a server that is careful not to upset any client: no item begins before the one in front
     * of it has ended, and nothing is told at its end that was not told in a delta.
     */
    public static List<String> violationsOfCarefulServer(List<JsonObject> events) {
        return new ResponsesGrammar(true).check(events);
    }

    private List<String> check(List<JsonObject> events) {
        events.forEach(this::next);
        expect(ended || failing, "the stream has no last event");
        return violations;
    }

    private void next(JsonObject event) {
        String type = event.getString("type", "");
        expect(!ended, type + " comes after the last event");
        expect(Integer.valueOf(number).equals(event.getValue("sequence_number")),
                type + " has the number " + event.getValue("sequence_number") + " instead of " + number);
        expect((number == 0) == type.equals("response.created"), "event " + number + " is " + type);
        expect(!failing || type.equals("response.failed"), type + " comes after an error");
        number++;
        if (event.getValue("response") instanceof JsonObject response) {
            lifecycle(type, response);
        } else if (type.equals("error")) {
            failing = true;
        } else if (type.equals("response.output_item.added")) {
            added(event);
        } else if (type.equals("response.output_item.done")) {
            ResponsesItemGrammar item = item(type, event);
            if (item != null) {
                item.done(event.getJsonObject("item", new JsonObject()));
            }
        } else if (event.containsKey("item_id") || event.containsKey("output_index")) {
            ResponsesItemGrammar item = item(type, event);
            if (item != null) {
                item.next(type, event);
            }
        }
    }

    private void lifecycle(String type, JsonObject response) {
        String status = response.getString("status");
        expect(response.getString("id") != null, type + " has no id");
        expect(responseId == null || responseId.equals(response.getString("id")), type + " has another id");
        responseId = response.getString("id");
        if (TERMINAL.contains(type)) {
            ended = true;
            expect(type.equals("response." + status), type + " has the status " + status);
            terminal(type, response);
        } else {
            expect("in_progress".equals(status) || "queued".equals(status), type + " has the status " + status);
            expect(items.isEmpty(), type + " comes after the first item");
            expect(new JsonArray().equals(response.getValue("output")), type + " has output");
        }
    }

    private void terminal(String type, JsonObject response) {
        boolean failed = type.equals("response.failed");
        expect(failed || response.getValue("usage") instanceof JsonObject, type + " has no usage");
        expect(!failed || response.getValue("error") instanceof JsonObject, type + " has no error");
        expect(!type.equals("response.incomplete") || response.getValue("incomplete_details") instanceof JsonObject,
                type + " has no incomplete_details");
        JsonArray output = response.getJsonArray("output", new JsonArray());
        expect(failed ? output.size() <= items.size() : output.size() == items.size(),
                type + " has " + output.size() + " items instead of " + items.size());
        for (int i = 0; i < items.size(); i++) {
            ResponsesItemGrammar item = items.get(i);
            expect(item.isDone() || failed, item + " is not done");
            expect(!item.isIncomplete() || i == items.size() - 1, item + " is incomplete and not the last item");
            expect(!item.isIncomplete() || !type.equals("response.completed"), item + " is incomplete in " + type);
            if (i < output.size() && item.isDone()) {
                expect(item.isSame(output.getJsonObject(i)), item + " is another in the output: " + output.getJsonObject(i));
            }
        }
    }

    private void added(JsonObject event) {
        JsonObject item = event.getJsonObject("item", new JsonObject());
        expect(Integer.valueOf(items.size()).equals(event.getValue("output_index")),
                "item " + items.size() + " is added at " + event.getValue("output_index"));
        expect(item.getString("id") != null && identities.add(item.getString("id")), "an item has no id of its own: " + item);
        expect(!item.containsKey("call_id") || identities.add(item.getString("type") + " " + item.getString("call_id")),
                "an item has no call id of its own: " + item);
        expect(!careful || items.stream().allMatch(ResponsesItemGrammar::isDone), "an item begins while another is open: "
                + item);
        items.add(new ResponsesItemGrammar(item, careful, violations));
    }

    /** @return {@code null} for none */
    private ResponsesItemGrammar item(String type, JsonObject event) {
        int index = event.getInteger("output_index", -1);
        if (index < 0 || index >= items.size()) {
            expect(false, type + " is of no item: " + event);
            return null;
        }
        ResponsesItemGrammar item = items.get(index);
        expect(!item.isDone(), type + " comes after " + item + " is done");
        expect(!event.containsKey("item_id") || item.id().equals(event.getString("item_id")),
                type + " names the item " + event.getString("item_id") + " instead of " + item);
        return item;
    }

    private void expect(boolean kept, String violation) {
        if (!kept) {
            violations.add(violation);
        }
    }
}
