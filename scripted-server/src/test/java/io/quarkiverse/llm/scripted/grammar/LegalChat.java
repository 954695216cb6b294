package io.quarkiverse.llm.scripted.grammar;

import java.util.ArrayList;
import java.util.List;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** Legal streams of Chat Completions, written without any encoder. Nothing is shared between chunks. */
final class LegalChat {

    private final boolean usageAsked;
    private final List<JsonObject> chunks = new ArrayList<>();

    private LegalChat(boolean usageAsked) {
        this.usageAsked = usageAsked;
        delta("{\"role\": \"assistant\", \"content\": \"\", \"refusal\": null}");
    }

    static List<JsonObject> text() {
        return new LegalChat(false).delta("{\"content\": \"Hel\"}").delta("{\"content\": \"lo\"}").finish("stop");
    }

    static List<JsonObject> textWithUsage() {
        LegalChat chat = new LegalChat(true).delta("{\"reasoning_content\": \"Hm\"}").delta("{\"content\": \"Hi\"}");
        List<JsonObject> chunks = chat.finish("length");
        chunks.add(chunk().put("choices", new JsonArray()).put("usage", new JsonObject("""
                {"prompt_tokens": 7, "completion_tokens": 5, "total_tokens": 12, "prompt_tokens_details": {"cached_tokens": 2},
                 "completion_tokens_details": {"reasoning_tokens": 3}}""")));
        return chunks;
    }

    static List<JsonObject> calls() {
        return new LegalChat(false).delta("{\"content\": \"Let me see\"}")
                .delta(begin(0, "c1")).delta(arguments(0, "{\"a\":")).delta(arguments(0, "1}"))
                .delta(begin(1, "c2")).delta(arguments(1, "{}")).finish("tool_calls");
    }

    static List<JsonObject> customCall() {
        return new LegalChat(false)
                .delta("{\"tool_calls\": [{\"index\": 0, \"id\": \"c\", \"type\": \"custom\", "
                        + "\"custom\": {\"name\": \"sql\", \"input\": \"\"}}]}")
                .delta("{\"tool_calls\": [{\"index\": 0, \"custom\": {\"input\": \"SELECT 1\"}}]}").finish("tool_calls");
    }

    static List<JsonObject> refusal() {
        return new LegalChat(false).delta("{\"refusal\": \"No\"}").finish("content_filter");
    }

    static List<JsonObject> error() {
        LegalChat chat = new LegalChat(true).delta("{\"content\": \"Hi\"}");
        chat.chunks.add(new JsonObject("""
                {"error": {"message": "It broke", "type": "server_error", "param": null, "code": "server_error"}}"""));
        return chat.chunks;
    }

    private static String begin(int index, String id) {
        return "{\"tool_calls\": [{\"index\": " + index + ", \"id\": \"" + id + "\", \"type\": \"function\", "
                + "\"function\": {\"name\": \"weather\", \"arguments\": \"\"}}]}";
    }

    private static String arguments(int index, String fragment) {
        JsonObject function = new JsonObject().put("arguments", fragment);
        return new JsonObject().put("tool_calls",
                new JsonArray().add(new JsonObject().put("index", index).put("function", function))).encode();
    }

    private static JsonObject chunk() {
        return new JsonObject("{\"id\": \"chatcmpl-1\", \"object\": \"chat.completion.chunk\", \"created\": 1700000000, "
                + "\"model\": \"m\"}");
    }

    private LegalChat delta(String delta) {
        return choice(new JsonObject().put("delta", new JsonObject(delta)).putNull("finish_reason"));
    }

    private LegalChat choice(JsonObject choice) {
        JsonObject chunk = chunk().put("choices", new JsonArray().add(choice.put("index", 0).putNull("logprobs")));
        chunks.add(usageAsked ? chunk.putNull("usage") : chunk);
        return this;
    }

    private List<JsonObject> finish(String reason) {
        return choice(new JsonObject().put("delta", new JsonObject()).put("finish_reason", reason)).chunks;
    }
}
