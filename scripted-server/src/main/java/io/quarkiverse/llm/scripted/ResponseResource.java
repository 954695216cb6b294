package io.quarkiverse.llm.scripted;

import java.util.List;
import java.util.Map;
import java.util.Set;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** A scripted answer as a {@code response} document: all fields of the official one, those of the request said back. */
final class ResponseResource {

    private static final Map<String, Object> SAID_BACK = Map.ofEntries(
            Map.entry("background", false), Map.entry("frequency_penalty", 0), Map.entry("metadata", new JsonObject()),
            Map.entry("parallel_tool_calls", true), Map.entry("presence_penalty", 0), Map.entry("store", true),
            Map.entry("temperature", 1), Map.entry("tool_choice", "auto"), Map.entry("top_logprobs", 0),
            Map.entry("top_p", 1), Map.entry("truncation", "disabled"));
    private static final List<String> SAID_BACK_OR_NULL = List.of("instructions", "max_output_tokens", "max_tool_calls",
            "previous_response_id", "prompt_cache_key", "prompt_cache_retention", "safety_identifier", "user");
    private static final Set<String> INCOMPLETE = Set.of("length", "content_filter");

    private final Answer answer;
    private final JsonObject request;
    private final ChatCompletion completion;
    private final String id;
    private final String model;
    private final long created;

    ResponseResource(Answer answer, RecordedRequest request) {
        this.answer = answer;
        this.request = request.isJson() ? request.json() : new JsonObject();
        if (!request.isBackground()) {
            this.request.remove("background");
        }
        AnswerDetails details = answer.details();
        this.id = details.id() != null ? details.id() : "resp_scripted_" + request.number();
        this.model = details.model() != null ? details.model() : request.model();
        this.created = request.arrival().getEpochSecond();
        this.completion = new ChatCompletion(answer, new ChatCompletion.Origin(id, model, created));
    }

    String id() {
        return id;
    }

    boolean isBackground() {
        return Boolean.TRUE.equals(request.getValue("background"));
    }

    /** {@code completed} or {@code incomplete}. */
    String finalStatus() {
        return INCOMPLETE.contains(completion.finishReason()) ? "incomplete" : "completed";
    }

    /** Before the end. */
    JsonObject begun(String status) {
        return in(status, new JsonArray()).put("service_tier", request.getValue("service_tier", "auto"));
    }

    /** At the end. */
    JsonObject ended(JsonArray output) {
        JsonObject resource = in(finalStatus(), output).put("usage", completion.usage().toResponsesJson());
        if (finalStatus().equals("completed")) {
            return resource.put("completed_at", created);
        }
        String reason = completion.finishReason().equals("length") ? "max_output_tokens" : "content_filter";
        return resource.put("incomplete_details", new JsonObject().put("reason", reason));
    }

    /** With what failed. */
    JsonObject failed(JsonArray output, JsonObject error) {
        Object code = error.getValue("code");
        return in("failed", output).put("error", new JsonObject()
                .put("code", String.valueOf(code != null ? code : error.getValue("type", "server_error")))
                .put("message", error.getValue("message")));
    }

    private JsonObject in(String status, JsonArray output) {
        JsonObject resource = new JsonObject().put("id", id).put("object", "response").put("created_at", created)
                .put("status", status).put("completed_at", null).put("error", null).put("incomplete_details", null)
                .put("model", model).put("output", output).put("service_tier", "default").put("usage", null);
        SAID_BACK.forEach((key, unsaid) -> resource.put(key, said(key, unsaid)));
        SAID_BACK_OR_NULL.forEach(key -> resource.put(key, request.getValue(key)));
        JsonObject reasoning = new JsonObject().put("effort", null).put("summary", null);
        JsonObject text = new JsonObject().put("format", new JsonObject().put("type", "text"));
        if (request.getValue("conversation") instanceof String conversation) {
            resource.put("conversation", new JsonObject().put("id", conversation));
        } else if (request.containsKey("conversation")) {
            resource.put("conversation", request.getValue("conversation"));
        }
        return resource.put("reasoning", merged(reasoning, request.getValue("reasoning")))
                .put("text", merged(text, request.getValue("text"))).put("tools", tools());
    }

    private Object said(String key, Object unsaid) {
        Object value = request.getValue(key);
        return value != null ? value : unsaid instanceof JsonObject object ? object.copy() : unsaid;
    }

    private static JsonObject merged(JsonObject defaults, Object said) {
        return said instanceof JsonObject object ? defaults.mergeIn(object.copy()) : defaults;
    }

    private JsonArray tools() {
        JsonArray tools = new JsonArray();
        if (request.getValue("tools") instanceof JsonArray asked) {
            for (Object tool : asked) {
                JsonObject function = new JsonObject().put("description", null).put("parameters", null).put("strict", true);
                boolean isFunction = tool instanceof JsonObject object && "function".equals(object.getValue("type"));
                tools.add(isFunction ? function.mergeIn(((JsonObject) tool).copy()) : tool);
            }
        }
        return tools;
    }
}
