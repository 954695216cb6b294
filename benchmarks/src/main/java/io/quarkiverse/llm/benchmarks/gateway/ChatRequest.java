package io.quarkiverse.llm.benchmarks.gateway;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** A request of the Responses API as one of Chat Completions: texts, calls, their outputs, functions. */
final class ChatRequest {

    private ChatRequest() {
    }

    static JsonObject of(JsonObject request) {
        JsonArray messages = new JsonArray();
        if (request.getString("instructions") != null) {
            messages.add(new JsonObject().put("role", "system").put("content", request.getString("instructions")));
        }
        if (request.getValue("input") instanceof String text) {
            messages.add(new JsonObject().put("role", "user").put("content", text));
        } else {
            request.getJsonArray("input").forEach(item -> messages.add(message((JsonObject) item)));
        }
        JsonObject chat = new JsonObject().put("model", request.getString("model")).put("messages", messages)
                .put("stream", true).put("stream_options", new JsonObject().put("include_usage", true));
        if (request.containsKey("max_output_tokens")) {
            chat.put("max_completion_tokens", request.getInteger("max_output_tokens"));
        }
        if (request.containsKey("temperature")) {
            chat.put("temperature", request.getNumber("temperature"));
        }
        if (request.containsKey("tools")) {
            JsonArray tools = new JsonArray();
            request.getJsonArray("tools").forEach(tool -> tools.add(tool((JsonObject) tool)));
            chat.put("tools", tools);
        }
        return chat;
    }

    private static JsonObject message(JsonObject item) {
        return switch (item.getString("type", "message")) {
            case "function_call" -> new JsonObject().put("role", "assistant").put("tool_calls",
                    new JsonArray().add(new JsonObject().put("id", item.getString("call_id")).put("type", "function")
                            .put("function", new JsonObject().put("name", item.getString("name")).put("arguments",
                                    item.getString("arguments")))));
            case "function_call_output" -> new JsonObject().put("role", "tool")
                    .put("tool_call_id", item.getString("call_id")).put("content", item.getString("output"));
            case "message" -> new JsonObject().put("role", item.getString("role")).put("content",
                    text(item.getValue("content")));
            default -> throw new IllegalArgumentException("no item of type " + item.getString("type"));
        };
    }

    private static String text(Object content) {
        if (content instanceof String text) {
            return text;
        }
        StringBuilder text = new StringBuilder();
        ((JsonArray) content).forEach(part -> text.append(((JsonObject) part).getString("text", "")));
        return text.toString();
    }

    private static JsonObject tool(JsonObject tool) {
        JsonObject function = tool.copy();
        function.remove("type");
        return new JsonObject().put("type", "function").put("function", function);
    }
}
