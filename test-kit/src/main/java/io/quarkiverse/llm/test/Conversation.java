package io.quarkiverse.llm.test;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

import io.quarkiverse.llm.Item;
import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.Message;
import io.quarkiverse.llm.Tool;
import io.quarkiverse.llm.ToolCall;
import io.quarkiverse.llm.ToolOutput;
import io.quarkiverse.llm.scripted.Api;
import io.quarkiverse.llm.scripted.RecordedRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** What a request says and offers, whether it is read from the API's form or from the wire. */
record Conversation(List<Turn> turns, List<String> tools) {

    /** One message; a call id is that of the call which a tool's output answers. */
    record Turn(String role, String text, Optional<String> callId) {

        boolean isSystem() {
            return role.equals("system") || role.equals("developer");
        }

        @Override
        public String toString() {
            return role + callId.map(id -> " (" + id + ")").orElse("") + ": " + text;
        }
    }

    static Conversation of(LlmRequest request) {
        List<Turn> turns = new ArrayList<>();
        request.instructions().ifPresent(text -> turns.add(new Turn("system", text, Optional.empty())));
        for (Item item : request.input()) {
            if (item instanceof Message message) {
                turns.add(new Turn(message.role().wireName(), message.text(), Optional.empty()));
            } else if (item instanceof ToolCall call) {
                turns.add(new Turn("assistant", "calls " + call.name() + call.arguments(), Optional.empty()));
            } else if (item instanceof ToolOutput output) {
                turns.add(new Turn("tool", output.text(), Optional.of(output.callId())));
            }
        }
        return new Conversation(turns, request.tools().stream().map(Conversation::name).toList());
    }

    private static String name(Tool tool) {
        if (tool instanceof Tool.Function function) {
            return function.name();
        } else if (tool instanceof Tool.Custom custom) {
            return custom.name();
        }
        return tool instanceof Tool.Namespace namespace ? namespace.name() : ((Tool.Opaque) tool).type();
    }

    /** Of a request in either wire API. */
    static Conversation of(RecordedRequest request) {
        if (!request.isJson()) {
            return new Conversation(List.of(), List.of());
        }
        List<Turn> turns = new ArrayList<>();
        if (request.api().equals(Optional.of(Api.RESPONSES))) {
            request.instructions().ifPresent(text -> turns.add(new Turn("system", text, Optional.empty())));
            request.inputItems().forEach(item -> turn(item).ifPresent(turns::add));
        } else {
            objects(request.json().getValue("messages")).forEach(message -> turns.add(new Turn(message.getString("role"),
                    text(message), Optional.ofNullable(message.getString("tool_call_id")))));
        }
        return new Conversation(turns, request.tools().stream().map(Conversation::name).toList());
    }

    /** Of an input item that says something; reasoning and references do not. */
    private static Optional<Turn> turn(JsonObject item) {
        String type = item.getString("type", "message");
        if (type.equals("message")) {
            return Optional.of(new Turn(item.getString("role"), content(item.getValue("content")), Optional.empty()));
        } else if (type.equals("function_call") || type.equals("custom_tool_call")) {
            return Optional.of(new Turn("assistant", "calls " + item.getString("name")
                    + item.getValue(type.equals("function_call") ? "arguments" : "input"), Optional.empty()));
        } else if (type.equals("function_call_output") || type.equals("custom_tool_call_output")) {
            return Optional.of(new Turn("tool", content(item.getValue("output")),
                    Optional.ofNullable(item.getString("call_id"))));
        }
        return Optional.empty();
    }

    private static String name(JsonObject tool) {
        Object definition = tool.getValue(tool.getString("type", "function"));
        return definition instanceof JsonObject object ? object.getString("name")
                : tool.getString("name", String.valueOf(tool.getValue("type")));
    }

    private static String content(Object content) {
        return content instanceof String string ? string
                : objects(content).stream().map(part -> part.getString("text", "")).collect(Collectors.joining());
    }

    private static String text(JsonObject message) {
        String text = content(message.getValue("content"));
        String calls = objects(message.getValue("tool_calls")).stream().map(call -> call.getJsonObject("function"))
                .filter(function -> function != null)
                .map(function -> "calls " + function.getString("name") + function.getValue("arguments"))
                .collect(Collectors.joining(" "));
        return text + (text.isEmpty() || calls.isEmpty() ? "" : " ") + calls;
    }

    private static List<JsonObject> objects(Object array) {
        return array instanceof JsonArray values
                ? values.stream().filter(JsonObject.class::isInstance).map(JsonObject.class::cast).toList()
                : List.of();
    }

    Optional<String> lastText(String role) {
        return turns.stream().filter(turn -> turn.role().equals(role)).reduce((one, two) -> two).map(Turn::text);
    }

    Optional<String> toolOutput(String callId) {
        return turns.stream().filter(turn -> turn.callId().filter(callId::equals).isPresent()).findFirst().map(Turn::text);
    }

    /** For failure messages. */
    @Override
    public String toString() {
        return turns.isEmpty() ? "  (no messages)"
                : turns.stream().map(turn -> "  " + turn).collect(Collectors.joining("\n"));
    }
}
