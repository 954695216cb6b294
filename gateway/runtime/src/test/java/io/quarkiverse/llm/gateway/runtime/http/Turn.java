package io.quarkiverse.llm.gateway.runtime.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.quarkiverse.llm.FinishReason;
import io.quarkiverse.llm.LlmResponse;
import io.quarkiverse.llm.ResponseStatus;
import io.quarkiverse.llm.ToolCall;
import io.quarkiverse.llm.Usage;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/**
 * What an answer is about, read from any of its forms.
 *
 * @param calls those that can be executed
 * @param finish in the terms of Chat Completions
 * @param incomplete why it is not whole, where it says so
 */
record Turn(String text, String reasoning, String refusal, List<Call> calls, String finish, Optional<String> incomplete,
        Usage usage) {

    /** One that can be executed. */
    record Call(String id, String name, String arguments) {
    }

    /** Without its ids, which may be made up anew each time. */
    Turn withoutCallIds() {
        return new Turn(text, reasoning, refusal, calls.stream().map(call -> new Call("", call.name, call.arguments)).toList(),
                finish, incomplete, usage);
    }

    /** As a client of Chat Completions sees it, who is not told why an answer is not whole. */
    Turn inChat() {
        return new Turn(text, reasoning, refusal, calls, finish, Optional.empty(), usage);
    }

    List<String> callIds() {
        return calls.stream().map(Call::id).toList();
    }

    /** Usage that is not known is shown as none. */
    static Turn of(LlmResponse response) {
        boolean whole = response.status() == ResponseStatus.COMPLETED;
        return new Turn(response.text(), response.reasoningText(), response.refusal().orElse(""),
                response.toolCalls().stream().map(Turn::call).toList(), finish(response, whole),
                whole ? Optional.empty() : response.incompleteReason().map(Turn::known),
                response.usage().map(Turn::shown).orElse(Usage.of(0, 0)));
    }

    /** What is written to caches is not looked at: not every form of an answer has it. */
    private static Usage shown(Usage usage) {
        return new Usage(usage.inputTokens(), usage.cachedInputTokens(), 0, usage.outputTokens(), usage.reasoningTokens(),
                usage.totalTokens());
    }

    /** Clients know no other word for a call that was cut. */
    private static String known(String reason) {
        return reason.equals("invalid_tool_call") ? "max_output_tokens" : reason;
    }

    private static Call call(ToolCall call) {
        return new Call(call.callId(), call.name(), call.arguments());
    }

    private static String finish(LlmResponse response, boolean whole) {
        FinishReason reason = response.finishReason();
        if (reason == FinishReason.CONTENT_FILTER || whole && reason != FinishReason.OTHER) {
            return reason.wireName();
        }
        return whole ? "stop" : "length";
    }

    /** The resource of a response. */
    static Turn ofResponse(JsonObject response) {
        List<JsonObject> output = objects(response.getJsonArray("output"));
        List<Call> calls = output.stream().filter(item -> !"incomplete".equals(item.getString("status"))).flatMap(Turn::call)
                .toList();
        Optional<String> incomplete = Optional.ofNullable(response.getJsonObject("incomplete_details"))
                .map(details -> details.getString("reason"));
        JsonObject usage = response.getJsonObject("usage");
        return new Turn(texts(output, "message", "content", "output_text", "text"),
                texts(output, "reasoning", "summary", "summary_text", "text")
                        + texts(output, "reasoning", "content", "reasoning_text", "text"),
                texts(output, "message", "content", "refusal", "refusal"), calls, finish(incomplete, calls), incomplete,
                new Usage(usage.getLong("input_tokens"), usage.getJsonObject("input_tokens_details").getLong("cached_tokens"),
                        0, usage.getLong("output_tokens"),
                        usage.getJsonObject("output_tokens_details").getLong("reasoning_tokens"),
                        usage.getLong("total_tokens")));
    }

    private static String finish(Optional<String> incomplete, List<Call> calls) {
        if (incomplete.isPresent()) {
            return incomplete.get().equals("content_filter") ? "content_filter" : "length";
        }
        return calls.isEmpty() ? "stop" : "tool_calls";
    }

    private static String texts(List<JsonObject> output, String itemType, String parts, String partType, String field) {
        return output.stream().filter(item -> item.getString("type").equals(itemType))
                .flatMap(item -> objects(item.getJsonArray(parts, new JsonArray())).stream())
                .filter(part -> part.getString("type").equals(partType)).map(part -> part.getString(field))
                .collect(Collectors.joining());
    }

    private static Stream<Call> call(JsonObject item) {
        return switch (item.getString("type")) {
            case "function_call" -> Stream.of(new Call(item.getString("call_id"), item.getString("name"),
                    item.getString("arguments")));
            case "custom_tool_call" -> Stream.of(new Call(item.getString("call_id"), item.getString("name"),
                    item.getString("input")));
            default -> Stream.empty();
        };
    }

    /** A whole chat completion. */
    static Turn ofCompletion(JsonObject completion) {
        JsonObject choice = completion.getJsonArray("choices").getJsonObject(0);
        JsonObject message = choice.getJsonObject("message");
        return ofChat(List.of(message), message.getJsonArray("tool_calls", new JsonArray()), choice.getString("finish_reason"),
                completion.getJsonObject("usage"));
    }

    /** The chunks of a stream that ended well. */
    static Turn ofChunks(List<JsonObject> chunks) {
        List<JsonObject> choices = chunks.stream().flatMap(chunk -> objects(chunk.getJsonArray("choices")).stream()).toList();
        List<JsonObject> deltas = choices.stream().map(choice -> choice.getJsonObject("delta")).toList();
        JsonArray calls = new JsonArray();
        for (JsonObject delta : deltas) {
            for (JsonObject fragment : objects(delta.getJsonArray("tool_calls", new JsonArray()))) {
                add(fragment, calls);
            }
        }
        return ofChat(deltas, calls, choices.get(choices.size() - 1).getString("finish_reason"),
                chunks.get(chunks.size() - 1).getJsonObject("usage"));
    }

    private static void add(JsonObject fragment, JsonArray calls) {
        int index = fragment.getInteger("index");
        if (index == calls.size()) {
            calls.add(fragment.copy());
            return;
        }
        String type = fragment.containsKey("custom") ? "custom" : "function";
        String field = type.equals("custom") ? "input" : "arguments";
        JsonObject call = calls.getJsonObject(index).getJsonObject(type);
        call.put(field, call.getString(field) + fragment.getJsonObject(type).getString(field));
    }

    private static Turn ofChat(List<JsonObject> deltas, JsonArray toolCalls, String finish, JsonObject usage) {
        Function<String, String> field = name -> deltas.stream().map(delta -> delta.getString(name, ""))
                .filter(text -> text != null).collect(Collectors.joining());
        List<Call> calls = new ArrayList<>();
        for (JsonObject call : objects(toolCalls)) {
            boolean custom = call.getString("type").equals("custom");
            JsonObject named = call.getJsonObject(custom ? "custom" : "function");
            String arguments = named.getString(custom ? "input" : "arguments");
            if (custom || !finish.equals("length") || isJson(arguments)) {
                calls.add(new Call(call.getString("id"), named.getString("name"), arguments));
            }
        }
        return new Turn(field.apply("content"), field.apply("reasoning_content") + field.apply("reasoning"),
                field.apply("refusal"), calls, finish, Optional.empty(), usage(usage));
    }

    private static Usage usage(JsonObject usage) {
        return usage == null ? Usage.of(0, 0)
                : new Usage(usage.getLong("prompt_tokens"),
                        usage.getJsonObject("prompt_tokens_details").getLong("cached_tokens"), 0,
                        usage.getLong("completion_tokens"),
                        usage.getJsonObject("completion_tokens_details").getLong("reasoning_tokens"),
                        usage.getLong("total_tokens"));
    }

    /** Whether a call that stands in an answer that was cut is not the one that was cut. */
    private static boolean isJson(String arguments) {
        try {
            return new JsonObject(arguments) != null;
        } catch (DecodeException e) {
            return false;
        }
    }

    private static List<JsonObject> objects(JsonArray array) {
        return array.stream().map(JsonObject.class::cast).toList();
    }
}
