package io.quarkiverse.llm.scripted.grammar;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** Legal streams of the Responses API, written without any encoder. Nothing is shared between events. */
final class LegalStream {

    private static final String RESPONSE = """
            {"id": "resp_1", "object": "response", "created_at": 1700000000, "completed_at": null, "status": "in_progress",
             "incomplete_details": null, "error": null, "model": "m", "previous_response_id": null, "instructions": "Be brief.",
             "output": [], "tools": [{"type": "function", "name": "weather", "description": null, "parameters": {},
             "strict": true}, {"type": "web_search"}], "tool_choice": "auto", "truncation": "disabled",
             "parallel_tool_calls": true, "text": {"format": {"type": "text"}}, "top_p": 1, "temperature": 0.5,
             "presence_penalty": 0, "frequency_penalty": 0, "top_logprobs": 0,
             "reasoning": {"effort": null, "summary": "auto"}, "usage": null, "max_output_tokens": 100, "max_tool_calls": null,
             "store": true, "background": false, "service_tier": "auto", "metadata": {"a": "b"}, "safety_identifier": null,
             "prompt_cache_key": "key"}""";
    private static final String USAGE = """
            {"input_tokens": 7, "input_tokens_details": {"cached_tokens": 2, "cache_write_tokens": 1}, "output_tokens": 5,
             "output_tokens_details": {"reasoning_tokens": 3}, "total_tokens": 12}""";
    private static final String LOGPROB = "{\"token\": \"a\", \"logprob\": -0.5, \"top_logprobs\": []}";

    private final List<JsonObject> events = new ArrayList<>();
    private final JsonArray output = new JsonArray();
    private JsonObject item;
    private JsonArray parts;

    /** All kinds of streams by their names. */
    static Map<String, Supplier<List<JsonObject>>> all() {
        Map<String, Supplier<List<JsonObject>>> all = new LinkedHashMap<>();
        all.put("text", LegalStream::text);
        all.put("text with annotations and log probabilities", LegalStream::annotated);
        all.put("reasoning and parallel calls", LegalStream::reasoningAndCalls);
        all.put("raw reasoning", () -> rawReasoning("reasoning_text"));
        all.put("raw reasoning by the name of Open Responses", () -> rawReasoning("reasoning"));
        all.put("hidden reasoning", () -> begin().reasoning().done().message().part("output_text", "output_text", "Hi").done()
                .completed());
        all.put("custom call", LegalStream::customCall);
        all.put("refusal", LegalStream::refusal);
        all.put("incomplete", LegalStream::incomplete);
        all.put("failed", LegalStream::failed);
        all.put("empty", () -> begin().completed());
        all.put("call without arguments", () -> begin().call("c", "function_call_arguments", "arguments").done().completed());
        return all;
    }

    static List<JsonObject> text() {
        return begin().message().part("output_text", "output_text", "Hel", "lo").done().completed();
    }

    static List<JsonObject> annotated() {
        LegalStream stream = begin().message();
        stream.events(stream.part("output_text"), "output_text", "{\"type\": \"url_citation\", \"url\": \"u\"}", "It ", "is");
        return stream.done().completed();
    }

    static List<JsonObject> reasoningAndCalls() {
        return begin().reasoning().part("summary_text", "reasoning_summary_text", "Let me ", "see")
                .part("summary_text", "reasoning_summary_text", "Rain?").done()
                .call("c1", "function_call_arguments", "arguments", "{\"a\":", "1}").done()
                .call("c2", "function_call_arguments", "arguments", "{}").done().completed();
    }

    static List<JsonObject> rawReasoning(String dialect) {
        return begin().reasoning().part("reasoning_text", dialect, "Hm", "m").done()
                .message().part("output_text", "output_text", "Hi").done().completed();
    }

    static List<JsonObject> customCall() {
        return begin().call("c", "custom_tool_call_input", "input", "SELECT ", "1").done().completed();
    }

    static List<JsonObject> refusal() {
        return begin().message().part("output_text", "output_text", "I").part("refusal", "refusal", "No", "!").done()
                .completed();
    }

    static List<JsonObject> incomplete() {
        LegalStream stream = begin().message().part("output_text", "output_text", "Hi").done()
                .call("c", "function_call_arguments", "arguments", "{\"a");
        stream.item.put("status", "incomplete");
        return stream.done().end("incomplete", response -> response.put("usage", new JsonObject(USAGE))
                .put("incomplete_details", new JsonObject().put("reason", "max_output_tokens")));
    }

    static List<JsonObject> failed() {
        return begin().message().part("output_text", "output_text", "Hi").done().fail();
    }

    static List<JsonObject> failedInAnItem() {
        LegalStream stream = begin().message().part("output_text", "output_text", "Hi").done().message();
        stream.part("output_text");
        stream.add("output_text.delta", "{\"content_index\": 0, \"delta\": \"And\", \"logprobs\": []}");
        return stream.fail();
    }

    static List<JsonObject> queued() {
        List<JsonObject> events = text();
        events.get(0).getJsonObject("response").put("status", "queued");
        events.add(1, events.get(0).copy().put("type", "response.queued"));
        return numbered(events);
    }

    static List<JsonObject> hosted() {
        LegalStream stream = begin();
        stream.item("web_search_call", "{\"action\": null}");
        stream.add("web_search_call.searching", "{}");
        return stream.done().completed();
    }

    static List<JsonObject> numbered(List<JsonObject> events) {
        for (int i = 0; i < events.size(); i++) {
            events.get(i).put("sequence_number", i);
        }
        return events;
    }

    private static LegalStream begin() {
        LegalStream stream = new LegalStream();
        stream.events.add(event("created").put("response", new JsonObject(RESPONSE)));
        stream.events.add(event("in_progress").put("response", new JsonObject(RESPONSE)));
        return stream;
    }

    private static JsonObject event(String type) {
        return new JsonObject().put("type", "response." + type);
    }

    private LegalStream item(String type, String fields) {
        item = new JsonObject(fields).put("type", type).put("id", "item_" + output.size());
        if (!type.equals("reasoning")) {
            item.put("status", "in_progress");
        }
        parts = item.getJsonArray("content", item.getJsonArray("summary"));
        events.add(event("output_item.added").put("output_index", output.size()).put("item", item.copy()));
        if (!type.equals("reasoning")) {
            item.put("status", "completed");
        }
        return this;
    }

    private LegalStream message() {
        return item("message", "{\"role\": \"assistant\", \"content\": []}");
    }

    private LegalStream reasoning() {
        return item("reasoning", "{\"summary\": [], \"encrypted_content\": \"gAAA\"}");
    }

    private LegalStream call(String callId, String name, String field, String... deltas) {
        item(name.replaceFirst("_[a-z]+$", ""), new JsonObject().put("call_id", callId).put("name", "weather").put(field, "")
                .encode());
        for (String delta : deltas) {
            add(name + ".delta", new JsonObject().put("delta", delta).encode());
        }
        item.put(field, String.join("", deltas));
        JsonObject done = new JsonObject().put(field, item.getString(field));
        add(name + ".done", (field.equals("arguments") ? done.put("name", "weather") : done).encode());
        return this;
    }

    private void add(String type, String fields) {
        events.add(new JsonObject(fields).put("type", "response." + type).put("item_id", item.getString("id"))
                .put("output_index", output.size()));
    }

    private JsonObject part(String type) {
        JsonObject part = new JsonObject().put("type", type).put(type.equals("refusal") ? "refusal" : "text", "");
        if (type.equals("output_text")) {
            part.put("annotations", new JsonArray()).put("logprobs", new JsonArray());
        }
        if (type.equals("reasoning_text")) {
            parts = new JsonArray();
            item.put("content", parts);
        }
        add(partEvent(part) + ".added", place(part).put("part", part).encode());
        return part;
    }

    private static String partEvent(JsonObject part) {
        return part.getString("type").equals("summary_text") ? "reasoning_summary_part" : "content_part";
    }

    private JsonObject place(JsonObject part) {
        String index = part.getString("type").equals("summary_text") ? "summary_index" : "content_index";
        return new JsonObject().put(index, parts.size());
    }

    private LegalStream part(String type, String name, String... deltas) {
        return events(part(type), name, null, deltas);
    }

    /** With an annotation come log probabilities. */
    private LegalStream events(JsonObject part, String name, String annotation, String... deltas) {
        boolean text = part.containsKey("logprobs");
        for (String delta : deltas) {
            JsonArray logprobs = new JsonArray();
            if (annotation != null) {
                logprobs.add(new JsonObject(LOGPROB));
                part.getJsonArray("logprobs").add(new JsonObject(LOGPROB));
            }
            JsonObject event = place(part).put("delta", delta);
            add(name + ".delta", (text ? event.put("logprobs", logprobs) : event).encode());
        }
        if (annotation != null) {
            part.getJsonArray("annotations").add(new JsonObject(annotation));
            add("output_text.annotation.added", place(part).put("annotation_index", 0)
                    .put("annotation", new JsonObject(annotation)).encode());
        }
        String field = part.containsKey("refusal") ? "refusal" : "text";
        part.put(field, String.join("", deltas));
        JsonObject done = place(part).put(field, part.getString(field));
        add(name + ".done", (text ? done.put("logprobs", part.getJsonArray("logprobs")) : done).encode());
        add(partEvent(part) + ".done", place(part).put("part", part).encode());
        parts.add(part);
        return this;
    }

    private LegalStream done() {
        events.add(event("output_item.done").put("output_index", output.size()).put("item", item.copy()));
        output.add(item.copy());
        return this;
    }

    private List<JsonObject> completed() {
        return end("completed", response -> response.put("completed_at", 1700000001).put("usage", new JsonObject(USAGE)));
    }

    private List<JsonObject> fail() {
        JsonObject error = new JsonObject().put("code", "server_error").put("message", "It broke");
        JsonObject told = error.copy().put("param", null);
        events.add(told.copy().put("type", "error").put("error", told.copy().put("type", "server_error")));
        return end("failed", response -> response.put("error", error));
    }

    private List<JsonObject> end(String status, Consumer<JsonObject> edit) {
        JsonObject response = new JsonObject(RESPONSE).put("status", status).put("output", output.copy())
                .put("service_tier", "default");
        edit.accept(response);
        events.add(event(status).put("response", response));
        return numbered(events);
    }
}
