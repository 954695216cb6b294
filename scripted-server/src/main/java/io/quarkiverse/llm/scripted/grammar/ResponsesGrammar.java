package io.quarkiverse.llm.scripted.grammar;

import static io.quarkiverse.llm.scripted.grammar.ResponsesRule.*;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** Checks a stream of the Responses API against all of {@link ResponsesRule}. For its bytes ask {@link SseStreamGrammar}. */
public final class ResponsesGrammar {

    private final Findings findings = new Findings();
    private final ResourceGrammar resource = new ResourceGrammar(findings);
    /** By their places; those that are done, too. */
    private final List<ItemGrammar> items = new ArrayList<>();
    private final Set<Object> itemIds = new HashSet<>();
    private final Set<String> callIds = new HashSet<>();
    private int number;
    private boolean inProgress;
    private JsonObject error;
    private boolean ended;

    private ResponsesGrammar() {
    }

    /**
     * What the official servers do not do either: without the rules of order and completeness that only a careful server keeps
     * to.
     *
     * @param events of one response, from the first to the last, without {@code [DONE]}
     * @return empty for a legal stream
     */
    public static List<Violation> violations(List<JsonObject> events) {
        return violationsOfCarefulServer(events).stream()
                .filter(violation -> violation.rule() instanceof ResponsesRule rule && rule.isOfficial()).toList();
    }

    /**
     * What a server does not do that is careful not to upset any client: no item begins before the one in front of it has
     * ended, nothing is told at its end that was not told in a delta, no field is missing that any client or the suite of Open
     * Responses wants.
     *
     * @param events of one response, from the first to the last, without {@code [DONE]}
     * @return empty for a legal stream
     */
    public static List<Violation> violationsOfCarefulServer(List<JsonObject> events) {
        ResponsesGrammar grammar = new ResponsesGrammar();
        events.forEach(grammar::next);
        grammar.end();
        return grammar.findings.all();
    }

    private void end() {
        findings.at(number, "the end");
        findings.expect(ended || error != null, END, "there is no such event");
        findings.expect(ended || error == null, ERROR_THEN_FAILED, "response.failed is missing");
    }

    private void next(JsonObject event) {
        String type = String.valueOf(event.getValue("type"));
        findings.at(number, type);
        findings.expect(Integer.valueOf(number).equals(event.getValue("sequence_number")), SEQUENCE_NUMBERS,
                "the number is %s instead of %s", event.getValue("sequence_number"), number);
        findings.expect(!ended, NOTHING_AFTER_END, "the response has ended");
        findings.expect((number == 0) == type.equals("response.created"), CREATED_FIRST, "it is event %s", number);
        findings.expect(error == null || ended || type.equals("response.failed"), ONLY_FAILED_AFTER_ERROR,
                "an error came before");
        number++;
        Fields fields = EventFields.of(type);
        findings.expect(fields != null, KNOWN_EVENTS, "there is no such event");
        if (fields != null) {
            findings.expect(fields, event, EVENT_FIELDS, "it");
        }
        if (!ended) {
            dispatch(type, event);
        }
    }

    private void dispatch(String type, JsonObject event) {
        switch (type) {
            case "response.created", "response.queued", "response.in_progress" -> announced(type, object(event, "response"));
            case "response.completed", "response.incomplete", "response.failed" -> ended(type, object(event, "response"));
            case "error" -> error(event);
            case "response.output_item.added" -> added(event, object(event, "item"));
            case "response.output_item.done" -> {
                ItemGrammar item = item(event, object(event, "item").getValue("id"));
                if (item != null) {
                    item.done(object(event, "item"));
                }
            }
            default -> {
                if (event.containsKey("item_id") || event.containsKey("output_index")) {
                    ItemGrammar item = item(event, event.getValue("item_id"));
                    if (item != null && type.startsWith("response.") && type.lastIndexOf('.') > "response".length()) {
                        item.next(type, event);
                    }
                }
            }
        }
    }

    private static JsonObject object(JsonObject event, String field) {
        return event.getValue(field) instanceof JsonObject json ? json : new JsonObject();
    }

    private void announced(String type, JsonObject response) {
        inProgress |= type.equals("response.in_progress");
        findings.expect(items.isEmpty(), ANNOUNCED_BEFORE_ITEMS, "there are %s items", items.size());
        resource.announced(type, response);
    }

    private void added(JsonObject event, JsonObject item) {
        expectInProgress();
        findings.expect(Integer.valueOf(items.size()).equals(event.getValue("output_index")), OUTPUT_INDEX,
                "item %s is added at %s", items.size(), event.getValue("output_index"));
        findings.expect(item.getValue("id") instanceof String id && !id.isEmpty() && itemIds.add(id), ITEM_IDS, "the id is %s",
                item.getValue("id"));
        // the output of a call has its id, too
        findings.expect(!item.containsKey("call_id") || item.getValue("call_id") instanceof String id && !id.isEmpty()
                && callIds.add((isOutput(item) ? "output " : "call ") + id), CALL_IDS, "the call_id is %s",
                item.getValue("call_id"));
        findings.expect(items.stream().allMatch(ItemGrammar::isDone), ONE_ITEM_AT_A_TIME, "another is open");
        items.add(new ItemGrammar(item, findings));
    }

    private static boolean isOutput(JsonObject item) {
        return String.valueOf(item.getValue("type")).endsWith("_output");
    }

    private void expectInProgress() {
        findings.expect(inProgress, IN_PROGRESS, "it did not come");
        inProgress = true;
    }

    /** @return {@code null} for none */
    private ItemGrammar item(JsonObject event, Object id) {
        int index = event.getValue("output_index") instanceof Integer place ? place : -1;
        if (index < 0 || index >= items.size()) {
            findings.expect(false, ITEM_OF_EVENT, "there is no item at %s", event.getValue("output_index"));
            return null;
        }
        ItemGrammar item = items.get(index);
        findings.expect(!item.isDone(), ITEM_OF_EVENT, "%s has ended", item);
        findings.expect(id == null || id.equals(item.id()), ITEM_ID_OF_EVENT, "the id is %s at the place of %s", id, item);
        return item;
    }

    private void error(JsonObject event) {
        error = event;
        Object nested = event.getValue("error");
        Fields fields = Fields.of("message string", "code string|null", "param string|null");
        findings.expect(fields, event, ERROR_IN_BOTH_FORMS, "it");
        findings.expect(fields.and("type string"), nested, ERROR_IN_BOTH_FORMS, "error");
        Set.of("message", "code", "param").forEach(field -> findings.expect(
                !(nested instanceof JsonObject json) || Objects.equals(json.getValue(field), event.getValue(field)),
                ERROR_IN_BOTH_FORMS, "%s is not the same in both", field));
    }

    private void ended(String type, JsonObject response) {
        ended = true;
        expectInProgress();
        resource.ended(type, response);
        boolean failed = type.equals("response.failed");
        findings.expect(failed == (error != null), ERROR_THEN_FAILED, failed ? "no error came before" : "an error came before");
        if (failed && error != null) {
            sameError(error.getValue("error") instanceof JsonObject nested ? nested : error, object(response, "error"));
        }
        for (int i = 0; i < items.size(); i++) {
            ItemGrammar item = items.get(i);
            findings.expect(item.isDone() || failed, ITEM_ENDS_ONCE, "%s is open", item);
            findings.expect(item.isCompleted() || !item.isDone() || i == items.size() - 1, ONLY_LAST_INCOMPLETE,
                    "%s is not completed", item);
            findings.expect(!item.isIncomplete() || type.equals("response.incomplete"), INCOMPLETE_ITEM, "%s is incomplete",
                    item);
        }
        output(failed, response.getValue("output") instanceof JsonArray output ? output : new JsonArray());
    }

    /** A response must have a code, an event need not. */
    private void sameError(JsonObject told, JsonObject ofResponse) {
        Set.of("message", "code").forEach(field -> findings.expect(
                told.getValue(field) == null || told.getValue(field).equals(ofResponse.getValue(field)), ERROR_THEN_FAILED,
                "the %s is \"%s\" and was \"%s\"", field, ofResponse.getValue(field), told.getValue(field)));
    }

    private void output(boolean failed, JsonArray output) {
        List<ItemGrammar> done = items.stream().filter(ItemGrammar::isDone).toList();
        findings.expect(failed ? output.size() <= items.size() : output.size() == items.size(), OUTPUT,
                "there are %s items instead of %s", output.size(), items.size());
        findings.expect(output.size() == done.size(), OUTPUT_EXACTLY, "there are %s items and %s have ended", output.size(),
                done.size());
        for (int i = 0; i < Math.min(items.size(), output.size()); i++) {
            ItemGrammar item = items.get(i);
            Object told = output.getValue(i);
            findings.expect(!item.isDone() || item.isSame(told), OUTPUT, "%s is another: %s", item, told);
            findings.expect(!item.isDone() || item.isExactly(told), OUTPUT_EXACTLY, "%s is another: %s", item, told);
        }
    }
}
