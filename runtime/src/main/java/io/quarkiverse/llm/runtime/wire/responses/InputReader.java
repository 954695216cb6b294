package io.quarkiverse.llm.runtime.wire.responses;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.quarkiverse.llm.Content;
import io.quarkiverse.llm.Item;
import io.quarkiverse.llm.ItemReference;
import io.quarkiverse.llm.Message;
import io.quarkiverse.llm.OpaqueItem;
import io.quarkiverse.llm.Reasoning;
import io.quarkiverse.llm.Role;
import io.quarkiverse.llm.ToolCall;
import io.quarkiverse.llm.ToolCall.Kind;
import io.quarkiverse.llm.ToolOutput;
import io.quarkiverse.llm.runtime.json.ContentReader;
import io.quarkiverse.llm.runtime.json.JsonFields;
import io.quarkiverse.llm.runtime.json.JsonValue;

/**
 * Reads what a client replays of a conversation. Nothing in it fails: clients send all of it again with each request, and a
 * conversation with one item that is refused would be at its end.
 */
final class InputReader {

    /** The type of items that stand for stored ones. */
    static final String REFERENCE = "item_reference";
    private static final String MESSAGE = "message";
    private static final String NO_ID = "An output without the id of its call counts for the oldest call that has none.";

    private final InputLog log;
    private final PartReader parts;
    private final AddedTools tools;
    private final CallIds callIds;
    private final ChatMessages chat;
    private final List<JsonValue> input;

    /**
     * @param tools takes those that stand between the items
     */
    InputReader(List<JsonValue> input, AddedTools tools, InputLog log) {
        this.input = input;
        this.tools = tools;
        this.log = log;
        this.parts = new PartReader(log);
        this.callIds = new CallIds(input);
        this.chat = new ChatMessages(callIds, log);
    }

    List<Item> read() {
        List<Item> items = new ArrayList<>(input.size());
        for (int i = 0; i < input.size(); i++) {
            JsonValue value = input.get(i);
            if (value.isObject() && type(value.object()).equals(MESSAGE)) {
                items.addAll(message(value.object(), i));
            } else {
                read(value, i).ifPresent(items::add);
            }
        }
        return items;
    }

    private static String place(int index) {
        return "input[" + index + "]";
    }

    private Optional<? extends Item> read(JsonValue value, int index) {
        if (value.isString()) {
            return Optional.of(Message.user(value.string()));
        } else if (!value.isObject()) {
            return lost(index, Role.USER, "an item that is no object");
        }
        JsonFields item = value.object();
        String type = type(item);
        return switch (type) {
            case "function_call" -> call(item, Kind.FUNCTION, "arguments", index);
            case "custom_tool_call" -> call(item, Kind.CUSTOM, "input", index);
            case "function_call_output" -> Optional.of(output(item, Kind.FUNCTION, index));
            case "custom_tool_call_output" -> Optional.of(output(item, Kind.CUSTOM, index));
            case "reasoning" -> Optional.of(reasoning(item, index));
            case REFERENCE -> OddFields.word(item, "id").<Item> map(ItemReference::new)
                    .or(() -> lost(index, Role.USER, "a reference to an item without its id"));
            case "additional_tools" -> {
                tools.read(item, place(index), log);
                yield Optional.empty();
            }
            case "" -> lost(index, Role.USER, "an item without a type");
            default -> Optional.of(new OpaqueItem(type, item.raw()));
        };
    }

    /** The API lets the type of messages and of references be left out, clients leave out that of others, too. */
    static String type(JsonFields item) {
        Optional<String> said = OddFields.word(item, "type");
        if (said.isPresent()) {
            return said.get();
        } else if (item.has("role")) {
            return MESSAGE;
        } else if (item.has("call_id") && item.has("output")) {
            return "function_call_output";
        } else if (item.has("call_id") && item.has("name")) {
            return item.has("input") ? "custom_tool_call" : "function_call";
        } else if (item.has("content")) {
            return MESSAGE;
        }
        return item.has("id") ? REFERENCE : "";
    }

    private List<Item> message(JsonFields item, int index) {
        Optional<String> answered = ChatMessages.isOutput(item) ? callAnswered(item, index) : Optional.empty();
        if (answered.isPresent()) {
            return List.of(output(item, callIds.kindOf(answered.get()), answered.get(), item.value("content"), index));
        } else if (!ChatMessages.hasCalls(item)) {
            return List.of(plain(item, index));
        }
        List<Item> items = new ArrayList<>();
        // there is often an empty text where there is nothing but calls
        Message message = plain(item, index);
        if (!message.content().stream().allMatch(part -> part instanceof Content.Text text && text.text().isEmpty())) {
            items.add(message);
        }
        items.addAll(chat.calls(item, index));
        return items;
    }

    private Message plain(JsonFields item, int index) {
        return new Message(OddFields.text(item, "id"), OddFields.status(item), role(item, index),
                parts.read(item.value("content"), place(index) + ".content"), OddFields.text(item, "phase"));
    }

    private Role role(JsonFields item, int index) {
        Optional<String> said = OddFields.text(item, "role");
        for (Role role : Role.values()) {
            if (said.isPresent() && role.wireName().equals(said.get())) {
                return role;
            }
        }
        log.note(place(index), "A message of a role that is not known is taken for the user's.");
        return Role.USER;
    }

    private Optional<? extends Item> call(JsonFields item, Kind kind, String argumentsField, int index) {
        Optional<String> name = OddFields.word(item, "name");
        if (name.isEmpty()) {
            return lost(index, Role.ASSISTANT, "a call of a tool without its name");
        }
        String callId = OddFields.word(item, "call_id").orElseGet(() -> {
            log.note(place(index), "A call without an id gets one.");
            return callIds.ofCall(item, index);
        });
        callIds.called(callId, kind);
        return Optional.of(new ToolCall(OddFields.text(item, "id"), OddFields.status(item), kind,
                OddFields.word(item, "namespace"), name.get(), callId,
                item.value(argumentsField).map(JsonValue::stringOrText).orElse("")));
    }

    private ToolOutput output(JsonFields item, Kind kind, int index) {
        String callId = callAnswered(item, index).orElseGet(() -> {
            log.note(place(index), NO_ID);
            return CallIds.made(index);
        });
        return output(item, kind, callId, item.value("output"), index);
    }

    private ToolOutput output(JsonFields item, Kind kind, String callId, Optional<JsonValue> output, int index) {
        return new ToolOutput(OddFields.text(item, "id"), OddFields.status(item), kind, callId, outputParts(output, index));
    }

    /** Empty when it says none, and no call waits for an output. */
    private Optional<String> callAnswered(JsonFields output, int index) {
        return CallIds.said(output).or(() -> {
            Optional<String> oldest = callIds.ofOutput();
            oldest.ifPresent(call -> log.note(place(index), NO_ID));
            return oldest;
        });
    }

    /** Applications are known to put the JSON of their result where its text belongs. */
    private List<Content> outputParts(Optional<JsonValue> output, int index) {
        Optional<JsonValue> json = output.filter(value -> !ContentReader.isContent(value));
        return json.isPresent() ? List.of(Content.text(json.get().toString()))
                : parts.read(output, place(index) + ".output");
    }

    private Reasoning reasoning(JsonFields item, int index) {
        return new Reasoning(OddFields.text(item, "id"), OddFields.status(item), texts(item, "summary", index),
                texts(item, "content", index), OddFields.text(item, "encrypted_content").filter(cipher -> !cipher.isEmpty()));
    }

    /** What is thought has no placeholders: the model would take them for its own thoughts. */
    private List<String> texts(JsonFields item, String field, int index) {
        List<String> texts = new ArrayList<>();
        for (JsonValue part : item.value(field).map(InputReader::list).orElse(List.of())) {
            Optional<String> text = part.isString() ? Optional.of(part.string())
                    : Optional.of(part).filter(JsonValue::isObject).flatMap(object -> OddFields.text(object.object(), "text"));
            text.ifPresentOrElse(texts::add,
                    () -> log.note(place(index) + "." + field, "A part of reasoning without its text is left out."));
        }
        return texts;
    }

    private static List<JsonValue> list(JsonValue value) {
        return value.isList() ? value.list() : List.of(value);
    }

    private Optional<Item> lost(int index, Role role, String what) {
        return log.lost(place(index), what).map(text -> Message.of(role, text));
    }
}
