package io.quarkiverse.llm.scripted;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** One item of a stream of the Responses API, from its {@code added} to its {@code done}. */
final class ResponsesItemGrammar {

    private final JsonObject added;
    private final String type;
    private final boolean careful;
    private final List<String> violations;
    private final List<JsonObject> contents = new ArrayList<>();
    private final List<JsonObject> summaries = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();
    private final JsonArray annotations = new JsonArray();
    private JsonObject openPart;
    private boolean deltas;
    /** The text that was told at its end; {@code null} while it was not. */
    private String whole;
    private JsonObject done;

    ResponsesItemGrammar(JsonObject added, boolean careful, List<String> violations) {
        this.added = added;
        this.type = added.getString("type", "");
        this.careful = careful;
        this.violations = violations;
        expect(added.getJsonArray("content", new JsonArray()).isEmpty()
                && added.getJsonArray("summary", new JsonArray()).isEmpty()
                && added.getString(argumentsField(), "").isEmpty(), "begins with content");
        expect(!added.containsKey("status") || "in_progress".equals(added.getString("status")) || isHosted(),
                "begins with the status " + added.getString("status"));
    }

    String id() {
        return added.getString("id", "");
    }

    boolean isDone() {
        return done != null;
    }

    boolean isIncomplete() {
        return isDone() && "incomplete".equals(done.getString("status"));
    }

    /** OpenAI encrypts the same reasoning anew each time that it tells it. */
    boolean isSame(JsonObject other) {
        return done.getString("type").equals("reasoning") ? withoutCipher(done).equals(withoutCipher(other))
                : done.equals(other);
    }

    private static JsonObject withoutCipher(JsonObject reasoning) {
        JsonObject copy = reasoning.copy();
        copy.remove("encrypted_content");
        return copy;
    }

    void next(String event, JsonObject json) {
        switch (event) {
            case "response.content_part.added" -> partAdded(json, contents, json.getInteger("content_index", -1));
            case "response.reasoning_summary_part.added" -> partAdded(json, summaries, json.getInteger("summary_index", -1));
            case "response.content_part.done" -> partDone(json, contents, json.getInteger("content_index", -1));
            case "response.reasoning_summary_part.done" -> partDone(json, summaries, json.getInteger("summary_index", -1));
            case "response.output_text.delta" -> delta(json, "output_text", "content_index");
            case "response.refusal.delta" -> delta(json, "refusal", "content_index");
            case "response.reasoning_text.delta", "response.reasoning.delta" -> delta(json, "reasoning_text", "content_index");
            case "response.reasoning_summary_text.delta" -> delta(json, "summary_text", "summary_index");
            case "response.function_call_arguments.delta" -> argumentsDelta(json, "function_call");
            case "response.custom_tool_call_input.delta" -> argumentsDelta(json, "custom_tool_call");
            case "response.output_text.done" -> textDone(json, "output_text", "text");
            case "response.refusal.done" -> textDone(json, "refusal", "refusal");
            case "response.reasoning_text.done", "response.reasoning.done" -> textDone(json, "reasoning_text", "text");
            case "response.reasoning_summary_text.done" -> textDone(json, "summary_text", "text");
            case "response.function_call_arguments.done" -> argumentsDone(json, "function_call", "arguments");
            case "response.custom_tool_call_input.done" -> argumentsDone(json, "custom_tool_call", "input");
            case "response.output_text.annotation.added" -> annotation(json);
            default -> expect(isHosted() || !event.matches("response\\.(content_part|output_text|refusal|reasoning.*)\\..*"),
                    "has an event that is not known: " + event);
        }
    }

    private void partAdded(JsonObject event, List<JsonObject> parts, int index) {
        JsonObject part = event.getJsonObject("part", new JsonObject());
        expect(openPart == null, "has a part that begins while another is open");
        expect(index == parts.size(), "has part " + parts.size() + " added at " + index);
        Set<String> own = type.equals("message") ? Set.of("output_text", "refusal") : Set.of("reasoning_text", "summary_text");
        expect(own.contains(part.getString("type")), "has a part of type " + part.getString("type"));
        expect(part.getString(textField(part), "").isEmpty(), "has a part that begins with text");
        openPart = part;
        text.setLength(0);
        annotations.clear();
        deltas = false;
        whole = null;
    }

    private void delta(JsonObject event, String partType, String indexField) {
        expectInPart(partType, event, indexField);
        deltas = true;
        text.append(event.getString("delta", ""));
    }

    private void annotation(JsonObject event) {
        expectInPart("output_text", event, "content_index");
        expect(Integer.valueOf(annotations.size()).equals(event.getValue("annotation_index")),
                "has annotation " + annotations.size() + " at " + event.getValue("annotation_index"));
        annotations.add(event.getValue("annotation"));
    }

    private void expectInPart(String partType, JsonObject event, String indexField) {
        boolean inPart = openPart != null && partType.equals(openPart.getString("type")) && whole == null;
        expect(inPart, "has " + event.getString("type") + " outside of a part of it");
        int index = (indexField.equals("content_index") ? contents : summaries).size();
        expect(Integer.valueOf(index).equals(event.getValue(indexField)), "has " + event.getString("type") + " of "
                + indexField + " " + event.getValue(indexField) + " instead of " + index);
    }

    private void textDone(JsonObject event, String partType, String field) {
        expectInPart(partType, event, partType.equals("summary_text") ? "summary_index" : "content_index");
        expectWhole(event.getString(field));
    }

    private void partDone(JsonObject event, List<JsonObject> parts, int index) {
        JsonObject part = event.getJsonObject("part", new JsonObject());
        expect(openPart != null && index == parts.size(), "has an end of part " + index + ", which is not open");
        expect(openPart == null || Objects.equals(openPart.getString("type"), part.getString("type")),
                "has a part that changes its type");
        expect(whole != null && whole.equals(part.getString(textField(part))), "has a part that is not its text: " + part);
        expect(!part.containsKey("annotations") || annotations.equals(part.getJsonArray("annotations")),
                "has a part with other annotations: " + part);
        parts.add(part);
        openPart = null;
    }

    private void argumentsDelta(JsonObject event, String itemType) {
        expect(type.equals(itemType) && whole == null, "has " + event.getString("type") + " that is not its own");
        deltas = true;
        text.append(event.getString("delta", ""));
    }

    private void argumentsDone(JsonObject event, String itemType, String field) {
        expect(type.equals(itemType) && whole == null, "has " + event.getString("type") + " that is not its own");
        expectWhole(event.getString(field));
    }

    private void expectWhole(String told) {
        whole = String.valueOf(told);
        expect(whole.equals(text.toString()) || !deltas, "ends as \"" + whole + "\" and came as \"" + text + "\"");
        expect(!careful || deltas || whole.isEmpty(), "has a text without deltas: " + whole);
    }

    void done(JsonObject item) {
        done = item;
        for (String field : List.of("id", "type", "call_id", "name", "role")) {
            expect(Objects.equals(added.getValue(field), item.getValue(field)), "ends with another " + field);
        }
        expect(!"in_progress".equals(item.getString("status")), "is done and in progress");
        expect(openPart == null, "is done with an open part");
        if (type.equals("message") || type.equals("reasoning")) {
            expectParts(contents, item.getJsonArray("content", new JsonArray()));
            expectParts(summaries, item.getJsonArray("summary", new JsonArray()));
        } else if (type.equals("function_call") || type.equals("custom_tool_call")) {
            expect(whole != null, "is done and its arguments are not");
            expect(Objects.equals(whole, item.getString(argumentsField())), "is done with other arguments: " + item);
        }
    }

    private void expectParts(List<JsonObject> told, JsonArray parts) {
        expect(new JsonArray(new ArrayList<>(told)).equals(parts), "is done with other parts: " + parts);
    }

    private boolean isHosted() {
        return !Set.of("message", "reasoning", "function_call", "custom_tool_call").contains(type);
    }

    private String argumentsField() {
        return type.equals("custom_tool_call") ? "input" : "arguments";
    }

    private static String textField(JsonObject part) {
        return "refusal".equals(part.getString("type")) ? "refusal" : "text";
    }

    private void expect(boolean kept, String violation) {
        if (!kept) {
            violations.add(this + " " + violation);
        }
    }

    @Override
    public String toString() {
        return type + " " + id();
    }
}
