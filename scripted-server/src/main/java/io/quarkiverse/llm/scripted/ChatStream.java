package io.quarkiverse.llm.scripted;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

import io.quarkiverse.llm.scripted.Step.Channel;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** A scripted answer as chunks, in the order of the official API, with the answer's deviations applied to them. */
final class ChatStream {

    private final ChatCompletion completion;
    private final ReasoningField reasoningField;
    private final List<JsonObject> chunks = new ArrayList<>();
    private final Map<JsonObject, List<Piece>> waits = new IdentityHashMap<>();
    private final boolean includeUsage;
    private List<Piece> pending = new ArrayList<>();
    private int calls;

    ChatStream(Answer answer, ChatCompletion.Origin origin, boolean includeUsage) {
        this.completion = new ChatCompletion(answer, origin);
        this.reasoningField = answer.chat().reasoningField();
        this.includeUsage = includeUsage;
        if (answer.body() instanceof Body.Scripted) {
            write(answer.steps());
            Deviation.applyAll(answer.faults(), chunks);
        }
    }

    List<JsonObject> chunks() {
        return chunks;
    }

    List<Piece> waitsBefore(JsonObject chunk) {
        return waits.getOrDefault(chunk, List.of());
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
            if (step instanceof Step.Pause p) {
                pending.add(new Piece.Wait(p.duration()));
            } else if (step instanceof Step.Hold hold) {
                pending.add(new Piece.Hold(hold.released()));
            } else if (step instanceof Step.ErrorFrame error) {
                add(error.json().copy());
                return;
            } else {
                add(chunk(step));
            }
        }
        JsonObject finish = chunk(new JsonObject());
        finish.getJsonArray("choices").getJsonObject(0).put("finish_reason", completion.finishReason());
        add(finish);
        if (includeUsage) {
            add(envelope().put("choices", new JsonArray()).put("usage", completion.usage().toJson()));
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
        chunks.add(chunk);
        if (!pending.isEmpty()) {
            waits.put(chunk, pending);
            pending = new ArrayList<>();
        }
    }
}
