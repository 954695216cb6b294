package io.quarkiverse.llm.runtime.wire.chat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.quarkiverse.llm.Content;
import io.quarkiverse.llm.Item;
import io.quarkiverse.llm.Message;
import io.quarkiverse.llm.Reasoning;
import io.quarkiverse.llm.Role;
import io.quarkiverse.llm.ToolCall;
import io.quarkiverse.llm.ToolOutput;
import io.quarkiverse.llm.runtime.json.JsonFields;
import io.quarkiverse.llm.runtime.json.JsonValue;

/**
 * Reads the messages of a conversation as items. Nothing in them is refused: clients send the whole conversation with each
 * request, and one that is refused once would be refused for ever.
 */
final class ReceivedMessages {

    private final Degrading degrading;
    private final ReceivedParts parts;
    private final ReceivedCalls calls;
    private final List<Item> items = new ArrayList<>();

    ReceivedMessages(Degrading degrading) {
        this.degrading = degrading;
        this.parts = new ReceivedParts(degrading);
        this.calls = new ReceivedCalls(degrading);
    }

    List<Item> read(List<JsonValue> messages) {
        for (int i = 0; i < messages.size(); i++) {
            String place = "messages[" + i + "]";
            JsonValue message = messages.get(i);
            if (message.isObject()) {
                read(message.object(), place);
            } else if (message.isString()) {
                degrading.note(place, "a plain string was taken for a message of the user");
                items.add(Message.user(message.string()));
            } else {
                degrading.replace(place, "something that is no message")
                        .ifPresent(content -> items.add(Message.of(Role.USER, List.of(content))));
            }
        }
        return items;
    }

    private void read(JsonFields message, String place) {
        String role = ReceivedParts.text(message, "role").orElse("");
        switch (role) {
            case "assistant" -> readAssistant(message, place);
            case "tool" -> readToolOutput(message, place);
            case "function" -> readFunctionOutput(message, place);
            case "user", "system", "developer" -> readMessage(Role.of(role), message, place);
            default -> {
                degrading.note(place, (role.isEmpty() ? "a message without a role" : "a message of an unknown role")
                        + " was taken for one of the user");
                readMessage(Role.USER, message, place);
            }
        }
    }

    private void readMessage(Role role, JsonFields message, String place) {
        noteName(message, place);
        List<Content> content = content(message, place);
        if (content.isEmpty()) {
            degrading.note(place, "a message without content got an empty text");
        }
        items.add(Message.of(role, content.isEmpty() ? List.of(Content.text("")) : content));
    }

    /** Participants have no names here. */
    private void noteName(JsonFields message, String place) {
        if (message.has("name")) {
            degrading.note(place, "the name of the participant was left out");
        }
    }

    private List<Content> content(JsonFields message, String place) {
        return message.value("content").map(content -> parts.read(content, place + ".content")).orElse(List.of());
    }

    private void readAssistant(JsonFields message, String place) {
        noteName(message, place);
        List<Content> content = new ArrayList<>(content(message, place));
        ReceivedReasoning.of(message, content).map(Reasoning::of).ifPresent(items::add);
        ReceivedParts.nonEmpty(message, "refusal").map(Content.Refusal::new).ifPresent(content::add);
        if (content.isEmpty() && message.has("audio")) {
            degrading.replace(place + ".audio", "audio of an earlier answer").ifPresent(content::add);
        }
        List<ToolCall> called = calls.read(message, place);
        if (!called.isEmpty()) {
            // many clients send an empty text with calls, where there is none
            content.removeIf(part -> part instanceof Content.Text text && text.text().isEmpty());
        }
        if (!content.isEmpty()) {
            items.add(Message.of(Role.ASSISTANT, content));
        }
        items.addAll(called);
    }

    private void readToolOutput(JsonFields message, String place) {
        Optional<String> id = ReceivedParts.nonEmpty(message, "tool_call_id");
        Optional<ToolCall> call = id.map(calls::answered).orElseGet(calls::answeredNext);
        if (id.isEmpty()) {
            degrading.note(place, call.isPresent() ? "an output without a tool_call_id was taken for that of the next call"
                    : "an output without a tool_call_id was taken for a message of the user: no call waits for one");
        } else if (call.isPresent() && !call.get().callId().equals(id.get())) {
            degrading.note(place, "an output with an unknown tool_call_id was taken for that of the call without an id");
        }
        addOutput(call, call.map(ToolCall::callId).or(() -> id), message, place);
    }

    private void readFunctionOutput(JsonFields message, String place) {
        Optional<ToolCall> call = calls.answeredNextOf(ReceivedParts.text(message, "name").orElse(""));
        if (call.isEmpty()) {
            degrading.note(place, "an output of a function was taken for a message of the user: no call waits for one");
        }
        addOutput(call, call.map(ToolCall::callId), message, place);
    }

    private void addOutput(Optional<ToolCall> call, Optional<String> callId, JsonFields message, String place) {
        List<Content> content = message.value("content").map(output -> output(output, place + ".content")).orElse(List.of());
        if (callId.isPresent()) {
            ToolCall.Kind kind = call.map(ToolCall::kind).orElse(ToolCall.Kind.FUNCTION);
            items.add(ToolOutput.of(callId.get(), content.isEmpty() ? List.of(Content.text("")) : content).withKind(kind));
        } else if (!content.isEmpty()) {
            items.add(Message.of(Role.USER, content));
        }
    }

    /** Applications are known to put the JSON of their result where its text belongs. */
    private List<Content> output(JsonValue output, String place) {
        boolean isParts = output.isString() || isPart(output)
                || output.isList() && output.list().stream().allMatch(part -> part.isString() || isPart(part));
        return isParts ? parts.read(output, place) : List.of(Content.text(output.toString()));
    }

    private static boolean isPart(JsonValue value) {
        return value.isObject() && ReceivedParts.text(value.object(), "type").isPresent();
    }
}
