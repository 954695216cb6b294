package io.quarkiverse.llm.scripted;

import java.util.List;
import java.util.stream.Collectors;

import io.quarkiverse.llm.scripted.Step.Channel;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** A scripted answer as one {@code chat.completion} document, and what streamed answers share with it. */
final class ChatCompletion {

    /** What the request and the clock give to a completion whose script does not say it. */
    record Origin(String id, String model, long created) {
    }

    private final List<Step> steps;
    private final AnswerDetails details;
    private final Origin origin;

    ChatCompletion(Answer answer, Origin origin) {
        this.steps = answer.body() instanceof Body.Scripted ? answer.steps() : List.of();
        this.details = answer.details();
        this.origin = origin;
    }

    JsonObject toJson() {
        JsonObject message = new JsonObject().put("role", "assistant").put("content", text(Channel.CONTENT));
        message.put("refusal", text(Channel.REFUSAL));
        String reasoning = text(Channel.REASONING);
        if (reasoning != null) {
            message.put(details.reasoningField().key(), reasoning);
        }
        JsonArray calls = toolCalls();
        if (!calls.isEmpty()) {
            message.put("tool_calls", calls);
        }
        JsonObject choice = new JsonObject().put("index", 0).put("message", message).put("logprobs", null)
                .put("finish_reason", finishReason());
        return envelope("chat.completion").put("choices", new JsonArray().add(choice)).put("usage", usage().toChatJson());
    }

    JsonObject envelope(String object) {
        return new JsonObject()
                .put("id", details.id() != null ? details.id() : origin.id())
                .put("object", object)
                .put("created", origin.created())
                .put("model", details.model() != null ? details.model() : origin.model());
    }

    String finishReason() {
        if (details.finishReason() != null) {
            return details.finishReason();
        }
        return steps.stream().anyMatch(Step.ToolCallStart.class::isInstance) ? "tool_calls" : "stop";
    }

    Usage usage() {
        if (details.usage() != null) {
            return details.usage();
        }
        long tokens = steps.stream().filter(s -> s instanceof Step.Delta || s instanceof Step.Arguments).count();
        long reasoning = steps.stream().filter(s -> s instanceof Step.Delta d && d.channel() == Channel.REASONING).count();
        return new Usage(10, (int) tokens, 0, (int) reasoning);
    }

    /** The joined deltas of a channel, or {@code null} if it has none. */
    String text(Channel channel) {
        List<String> deltas = steps.stream().filter(s -> s instanceof Step.Delta d && d.channel() == channel)
                .map(s -> ((Step.Delta) s).text()).toList();
        return deltas.isEmpty() ? null : String.join("", deltas);
    }

    private JsonArray toolCalls() {
        JsonArray calls = new JsonArray();
        for (Step step : steps) {
            if (step instanceof Step.ToolCallStart start) {
                calls.add(new JsonObject().put("id", start.id()).put("type", "function").put("function",
                        new JsonObject().put("name", start.name()).put("arguments", arguments(calls.size()))));
            }
        }
        return calls;
    }

    private String arguments(int call) {
        return steps.stream().filter(s -> s instanceof Step.Arguments a && a.call() == call)
                .map(s -> ((Step.Arguments) s).fragment()).collect(Collectors.joining());
    }
}
