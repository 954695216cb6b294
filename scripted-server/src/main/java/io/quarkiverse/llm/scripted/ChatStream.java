package io.quarkiverse.llm.scripted;

import java.util.ArrayList;
import java.util.List;

import io.quarkiverse.llm.scripted.Step.Channel;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** A scripted answer as chunks, in the order of the official API, with the answer's deviations applied to them. */
final class ChatStream implements ScriptedEvents {

    private final ChatCompletion completion;
    private final ReasoningField reasoningField;
    private final List<JsonObject> chunks = new ArrayList<>();
    private final EventWaits waits = new EventWaits();
    private final boolean includeUsage;
    private int calls;

    ChatStream(Answer answer, ChatCompletion.Origin origin, boolean includeUsage) {
        this.completion = new ChatCompletion(answer, origin);
        this.reasoningField = answer.details().reasoningField();
        this.includeUsage = includeUsage;
        if (answer.body() instanceof Body.Scripted) {
            write(answer.steps());
            List<JsonObject> original = List.copyOf(chunks);
            ChatDeviation.applyAll(answer.faults(), chunks);
            waits.keep(original, chunks);
        }
    }

    @Override
    public List<JsonObject> events() {
        return chunks;
    }

    @Override
    public List<Piece> waitsBefore(JsonObject chunk) {
        return waits.of(chunk);
    }

    JsonObject role(boolean withContent) {
        return chunk(new JsonObject().put("role", "assistant").put("content", withContent ? "" : null).put("refusal", null));
    }

    JsonObject delta(Channel channel, String text) {
        String key = switch (channel) {
            case CONTENT -> "content";
            case REASONING -> reasoningField.key();
            case REFUSAL -> "refusal";
        };
        return chunk(new JsonObject().put(key, text));
    }

    private void write(List<Step> steps) {
        add(role(completion.text(Channel.CONTENT) != null));
        for (Step step : steps) {
            if (step instanceof Step.ErrorFrame error) {
                add(error.json().copy());
                return;
            } else if (!waits.take(step) && !(step instanceof Step.Item)) {
                add(chunk(step));
            }
        }
        JsonObject finish = chunk(new JsonObject());
        finish.getJsonArray("choices").getJsonObject(0).put("finish_reason", completion.finishReason());
        add(finish);
        if (includeUsage) {
            add(envelope().put("choices", new JsonArray()).put("usage", completion.usage().toChatJson()));
        }
    }

    private JsonObject chunk(Step step) {
        if (step instanceof Step.Delta delta) {
            return delta(delta.channel(), delta.text());
        } else if (step instanceof Step.ToolCallStart start) {
            JsonObject function = new JsonObject().put("name", start.name()).put("arguments", "");
            return toolCall(new JsonObject().put("index", calls++).put("id", start.id()).put("type", "function")
                    .put("function", function));
        } else if (step instanceof Step.Arguments arguments) {
            return toolCall(new JsonObject().put("index", arguments.call())
                    .put("function", new JsonObject().put("arguments", arguments.fragment())));
        }
        return ((Step.Chunk) step).json().copy();
    }

    private JsonObject toolCall(JsonObject call) {
        return chunk(new JsonObject().put("tool_calls", new JsonArray().add(call)));
    }

    private JsonObject chunk(JsonObject delta) {
        JsonObject choice = new JsonObject().put("index", 0).put("delta", delta).put("logprobs", null)
                .put("finish_reason", null);
        JsonObject chunk = envelope().put("choices", new JsonArray().add(choice));
        return includeUsage ? chunk.put("usage", null) : chunk;
    }

    private JsonObject envelope() {
        return completion.envelope("chat.completion.chunk");
    }

    private void add(JsonObject chunk) {
        waits.before(chunk);
        chunks.add(chunk);
    }
}
