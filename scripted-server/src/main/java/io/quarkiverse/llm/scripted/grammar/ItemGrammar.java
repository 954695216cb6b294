package io.quarkiverse.llm.scripted.grammar;

import static io.quarkiverse.llm.scripted.grammar.ResponsesRule.*;

import java.util.Map;
import java.util.Objects;
import java.util.Set;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** One item of a stream of the Responses API, from its {@code added} to its {@code done}. */
final class ItemGrammar {

    /** For each type of item the types of its parts; those of other items are not known. */
    private static final Map<String, Set<String>> PARTS = Map.of("message", Set.of("output_text", "refusal"), "reasoning",
            Set.of("reasoning_text", "summary_text"), "function_call", Set.of(), "custom_tool_call", Set.of());
    private static final Set<String> ENDED = Set.of("completed", "incomplete");
    private static final Set<String> KEPT = Set.of("id", "type", "role", "call_id", "name", "namespace");

    private final Findings findings;
    private final JsonObject added;
    private final String type;
    private final JsonArray contents = new JsonArray();
    private final JsonArray summaries = new JsonArray();
    private final TextGrammar arguments;
    private PartGrammar part;
    private String partIndex;
    private JsonObject done;

    ItemGrammar(JsonObject added, Findings findings) {
        this.findings = findings;
        this.added = added;
        this.type = String.valueOf(added.getValue("type"));
        this.arguments = new TextGrammar(findings);
        ItemFields.check(added, findings);
        if (isKnown()) {
            Set.of("content", "summary", "arguments", "input").forEach(field -> findings.expect(
                    added.getValue(field) == null || Set.of("", new JsonArray()).contains(added.getValue(field)),
                    ITEM_BEGINS_EMPTY, "it begins with the %s %s", field, added.getValue(field)));
            findings.expect(!added.containsKey("status") || "in_progress".equals(added.getValue("status")),
                    ITEM_BEGINS_IN_PROGRESS, "the status is %s", added.getValue("status"));
        }
    }

    private boolean isKnown() {
        return PARTS.containsKey(type);
    }

    Object id() {
        return added.getValue("id");
    }

    boolean isDone() {
        return done != null;
    }

    boolean isIncomplete() {
        return isDone() && "incomplete".equals(done.getValue("status"));
    }

    boolean isCompleted() {
        return isDone() && (!isKnown() || !done.containsKey("status") || "completed".equals(done.getValue("status")));
    }

    boolean isExactly(Object other) {
        return done.equals(other);
    }

    /** OpenAI encrypts the same reasoning anew each time that it tells it. */
    boolean isSame(Object other) {
        return type.equals("reasoning") && other instanceof JsonObject json
                ? withoutCipher(done).equals(withoutCipher(json))
                : isExactly(other);
    }

    private static JsonObject withoutCipher(JsonObject reasoning) {
        JsonObject copy = reasoning.copy();
        copy.remove("encrypted_content");
        return copy;
    }

    void next(String event, JsonObject json) {
        String name = event.substring(event.indexOf('.') + 1, event.lastIndexOf('.'));
        boolean delta = event.endsWith(".delta");
        switch (name) {
            case "content_part" -> part(event, json, contents, "content_index", "summary_text");
            case "reasoning_summary_part" -> part(event, json, summaries, "summary_index", "reasoning_text");
            case "output_text.annotation" -> {
                if (inPart("output_text", json)) {
                    part.annotation(json);
                }
            }
            case "output_text", "refusal", "reasoning_text", "reasoning", "reasoning_summary_text" -> {
                if (inPart(PartGrammar.typeOf(name), json) && delta) {
                    part.delta(name, json);
                } else if (part != null && part.isOf(PartGrammar.typeOf(name))) {
                    part.textDone(name, json);
                }
            }
            case "function_call_arguments" -> arguments("function_call", delta, json, "arguments");
            case "custom_tool_call_input" -> arguments("custom_tool_call", delta, json, "input");
            default -> findings.expect(name.startsWith(type), OWN_EVENTS, "the item is of type %s", type);
        }
    }

    private void part(String event, JsonObject json, JsonArray parts, String indexField, String typeOfOthers) {
        JsonObject told = json.getValue("part") instanceof JsonObject object ? object : new JsonObject();
        findings.expect(Integer.valueOf(parts.size()).equals(json.getValue(indexField)), PART_INDEX,
                "part %s comes at the %s %s", parts.size(), indexField, json.getValue(indexField));
        ItemFields.checkPart(told, findings);
        if (event.endsWith(".added")) {
            findings.expect(part == null, ONE_PART_AT_A_TIME, "the part before it is open");
            Object partType = told.getValue("type");
            findings.expect(partType != null && PARTS.getOrDefault(type, Set.of()).contains(partType)
                    && !partType.equals(typeOfOthers), PART_TYPE, "a part of type %s is in an item of type %s", partType, type);
            part = new PartGrammar(told, findings);
            partIndex = indexField;
        } else {
            findings.expect(part != null && indexField.equals(partIndex), EVENT_IN_PART, "no such part is open");
            if (part != null) {
                part.done(told);
            }
            parts.add(told);
            part = null;
        }
    }

    private boolean inPart(String partType, JsonObject event) {
        boolean in = part != null && part.isOf(partType);
        findings.expect(in, EVENT_IN_PART, "no part of type %s is open", partType);
        boolean summary = partType.equals("summary_text");
        String field = summary ? "summary_index" : "content_index";
        int index = (summary ? summaries : contents).size();
        findings.expect(Integer.valueOf(index).equals(event.getValue(field)), EVENT_IN_PART, "the %s is %s instead of %s",
                field,
                event.getValue(field), index);
        return in;
    }

    private void arguments(String itemType, boolean delta, JsonObject event, String field) {
        findings.expect(type.equals(itemType), OWN_EVENTS, "the item is of type %s", type);
        if (delta) {
            arguments.delta(event.getValue("delta"));
        } else {
            arguments.end(event.getValue(field));
            findings.expect(!event.containsKey("name") || Objects.equals(event.getValue("name"), added.getValue("name")),
                    CALL_NAME, "it is %s instead of %s", event.getValue("name"), added.getValue("name"));
        }
    }

    void done(JsonObject item) {
        done = item;
        ItemFields.check(item, findings);
        KEPT.forEach(field -> findings.expect(Objects.equals(added.getValue(field), item.getValue(field)), SAME_ITEM,
                "the %s is %s and was %s", field, item.getValue(field), added.getValue(field)));
        Object status = item.getValue("status", "completed");
        findings.expect(isKnown() ? ENDED.contains(String.valueOf(status)) : !"in_progress".equals(status), ITEM_ENDS,
                "the status is %s", status);
        findings.expect(part == null, ONE_PART_AT_A_TIME, "a part of it is open");
        if (type.equals("message") || type.equals("reasoning")) {
            expectParts(contents, item, "content");
            expectParts(summaries, item, "summary");
        } else if (isKnown()) {
            arguments.expectEnded();
            String field = type.equals("custom_tool_call") ? "input" : "arguments";
            findings.expect(arguments.is(item.getValue(field)), ITEM_IS_ITS_PARTS, "the %s are %s", field,
                    item.getValue(field));
        }
    }

    private void expectParts(JsonArray told, JsonObject item, String field) {
        findings.expect(told.equals(item.getValue(field, new JsonArray())), ITEM_IS_ITS_PARTS, "the %s is %s and came as %s",
                field, item.getValue(field), told);
    }

    @Override
    public String toString() {
        return type + " " + id();
    }
}
