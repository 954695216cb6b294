package io.quarkiverse.llm.scripted;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import io.quarkiverse.llm.scripted.Step.Channel;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** An output item of the Responses API, with the steps that produce it and what is sent while it is open. */
final class OutputItem {

    enum Type {
        REASONING("rs"),
        MESSAGE("msg"),
        FUNCTION_CALL("fc"),
        /** One that the script brings as JSON. */
        OPAQUE("item");

        final String prefix;

        Type(String prefix) {
            this.prefix = prefix;
        }

        static Type of(Channel channel) {
            return channel == Channel.REASONING ? REASONING : MESSAGE;
        }
    }

    /** Deltas of one channel that follow each other. */
    record Part(ContentKind kind, String text) {
    }

    final Type type;
    final String id;
    final List<Step> steps = new ArrayList<>();

    OutputItem(Type type, String id) {
        this.type = type;
        this.id = id;
    }

    /** The item when it begins. */
    JsonObject begun() {
        return switch (type) {
            case REASONING -> reasoning(new JsonArray());
            case MESSAGE -> message("in_progress", new JsonArray());
            case FUNCTION_CALL -> call("in_progress", "");
            case OPAQUE -> opaque("in_progress");
        };
    }

    /** The item with all it got. */
    JsonObject ended(String status) {
        return switch (type) {
            case REASONING -> reasoning(content());
            case MESSAGE -> message(status, content());
            case FUNCTION_CALL -> call(status, arguments());
            case OPAQUE -> opaque(status);
        };
    }

    String name() {
        return start().name();
    }

    String arguments() {
        return steps.stream().filter(Step.Arguments.class::isInstance).map(step -> ((Step.Arguments) step).fragment())
                .collect(Collectors.joining());
    }

    List<Part> parts() {
        List<Part> parts = new ArrayList<>();
        for (Step step : steps) {
            if (step instanceof Step.Delta delta) {
                ContentKind kind = ContentKind.of(delta.channel());
                int last = parts.size() - 1;
                if (last >= 0 && parts.get(last).kind() == kind) {
                    parts.set(last, new Part(kind, parts.get(last).text() + delta.text()));
                } else {
                    parts.add(new Part(kind, delta.text()));
                }
            }
        }
        return parts;
    }

    private JsonArray content() {
        return new JsonArray(parts().stream().map(part -> part.kind().part(part.text())).toList());
    }

    private JsonObject reasoning(JsonArray summary) {
        return new JsonObject().put("id", id).put("type", "reasoning").put("summary", summary);
    }

    private JsonObject message(String status, JsonArray content) {
        return new JsonObject().put("id", id).put("type", "message").put("status", status).put("content", content)
                .put("role", "assistant");
    }

    private JsonObject call(String status, String arguments) {
        return new JsonObject().put("id", id).put("type", "function_call").put("status", status).put("arguments", arguments)
                .put("call_id", start().id()).put("name", name());
    }

    private JsonObject opaque(String status) {
        JsonObject json = ((Step.Item) steps.stream().filter(Step.Item.class::isInstance).findFirst().orElseThrow()).json()
                .copy();
        if (!json.containsKey("id")) {
            json.put("id", id);
        }
        return status.equals("in_progress") && json.containsKey("status") ? json.put("status", status) : json;
    }

    private Step.ToolCallStart start() {
        return (Step.ToolCallStart) steps.stream().filter(Step.ToolCallStart.class::isInstance).findFirst().orElseThrow();
    }
}
