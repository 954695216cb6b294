package io.quarkiverse.llm.runtime.wire.chat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.quarkiverse.llm.LlmResponse;
import io.quarkiverse.llm.ToolCall;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/**
 * What a recorded answer says, read as a plain tree and by none of the code under test.
 *
 * @param calls as {@code name(arguments)}, in order
 * @param tokens prompt, completion and total; empty when the server did not tell
 */
record RecordedChat(String text, String reasoning, List<String> calls, String finishReason, List<Long> tokens) {

    static RecordedChat ofChunks(List<JsonObject> chunks) {
        StringBuilder text = new StringBuilder();
        StringBuilder reasoning = new StringBuilder();
        Map<Integer, StringBuilder[]> calls = new TreeMap<>();
        String finish = null;
        List<Long> tokens = List.of();
        for (JsonObject chunk : chunks) {
            JsonArray choices = chunk.getJsonArray("choices");
            if (choices != null && !choices.isEmpty()) {
                JsonObject choice = choices.getJsonObject(0);
                JsonObject delta = choice.getJsonObject(choice.containsKey("message") ? "message" : "delta");
                text.append(delta.getString("content", "") == null ? "" : delta.getString("content", ""));
                String thought = delta.getString("reasoning_content", delta.getString("reasoning"));
                reasoning.append(thought == null ? "" : thought);
                collect(delta.getJsonArray("tool_calls"), calls);
                finish = choice.getString("finish_reason") == null ? finish : choice.getString("finish_reason");
            }
            JsonObject usage = chunk.getJsonObject("usage");
            tokens = usage == null ? tokens
                    : List.of(usage.getLong("prompt_tokens"), usage.getLong("completion_tokens"),
                            usage.getLong("total_tokens"));
        }
        return new RecordedChat(text.toString(), reasoning.toString(),
                calls.values().stream().map(call -> call[0] + "(" + call[1] + ")").toList(), finish, tokens);
    }

    private static void collect(JsonArray fragments, Map<Integer, StringBuilder[]> calls) {
        for (int i = 0; fragments != null && i < fragments.size(); i++) {
            JsonObject fragment = fragments.getJsonObject(i);
            StringBuilder[] call = calls.computeIfAbsent(fragment.getInteger("index", i),
                    index -> new StringBuilder[] { new StringBuilder(), new StringBuilder() });
            JsonObject function = fragment.getJsonObject("function");
            call[0].append(function.getString("name", ""));
            call[1].append(function.getString("arguments", ""));
        }
    }

    /** The same of a decoded response; calls that were cut stand among the others. */
    static RecordedChat of(LlmResponse response) {
        List<String> calls = new ArrayList<>();
        response.output().stream().filter(ToolCall.class::isInstance).map(ToolCall.class::cast)
                .forEach(call -> calls.add(call.name() + "(" + call.arguments() + ")"));
        List<Long> tokens = response.usage()
                .map(usage -> List.of(usage.inputTokens(), usage.outputTokens(), usage.totalTokens())).orElse(List.of());
        return new RecordedChat(response.text(), response.reasoningText(), calls,
                response.providerFinishReason().orElse(null), tokens);
    }
}
