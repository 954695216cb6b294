package io.quarkiverse.llm.runtime.json;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import io.quarkiverse.llm.Content;
import io.quarkiverse.llm.Item;
import io.quarkiverse.llm.ItemReference;
import io.quarkiverse.llm.ItemStatus;
import io.quarkiverse.llm.Message;
import io.quarkiverse.llm.OpaqueItem;
import io.quarkiverse.llm.Reasoning;
import io.quarkiverse.llm.Role;
import io.quarkiverse.llm.ToolCall;
import io.quarkiverse.llm.ToolCall.Kind;
import io.quarkiverse.llm.ToolOutput;

/** Reads items. What is merely odd is taken for what it must mean; what is of an unknown type becomes an {@link OpaqueItem}. */
public final class ItemReader {

    private ItemReader() {
    }

    /** The items of a list, or of a string, which is one user message. */
    public static List<Item> readList(JsonValue items) {
        if (items.isString()) {
            return List.of(Message.user(items.string()));
        }
        return items.list().stream().map(JsonValue::object).map(ItemReader::read).toList();
    }

    public static Item read(JsonFields item) {
        String type = type(item);
        return switch (type) {
            case "message" -> message(item);
            case "function_call" -> call(item, Kind.FUNCTION, "arguments");
            case "custom_tool_call" -> call(item, Kind.CUSTOM, "input");
            case "function_call_output" -> output(item, Kind.FUNCTION);
            case "custom_tool_call_output" -> output(item, Kind.CUSTOM);
            case "reasoning" -> new Reasoning(item.string("id"), status(item), texts(item, "summary"),
                    texts(item, "content"), item.string("encrypted_content"));
            case "item_reference" -> new ItemReference(item.required("id").string());
            default -> new OpaqueItem(type, item.raw());
        };
    }

    /** The Responses API lets the type of messages and of references be left out. */
    private static String type(JsonFields item) {
        if (!item.has("type") && item.has("role")) {
            return "message";
        }
        if (!item.has("type") && item.toMap().keySet().equals(Set.of("id"))) {
            return "item_reference";
        }
        return item.required("type").string();
    }

    private static Message message(JsonFields item) {
        return new Message(item.string("id"), status(item), role(item.required("role")),
                item.value("content").map(ContentReader::readList).orElse(List.of()), item.string("phase"));
    }

    private static Role role(JsonValue value) {
        String name = value.string();
        for (Role role : Role.values()) {
            if (role.wireName().equals(name)) {
                return role;
            }
        }
        throw value.wrong("must be one of " + Arrays.stream(Role.values()).map(Role::wireName)
                .collect(Collectors.joining(", ")));
    }

    private static ToolCall call(JsonFields item, Kind kind, String arguments) {
        return new ToolCall(item.string("id"), status(item), kind, item.string("namespace"),
                item.required("name").string(), item.required("call_id").string(),
                item.value(arguments).map(JsonValue::stringOrText).orElse(""));
    }

    private static ToolOutput output(JsonFields item, Kind kind) {
        return new ToolOutput(item.string("id"), status(item), kind, item.required("call_id").string(),
                item.value("output").map(ItemReader::output).orElse(List.of()));
    }

    /** Applications are known to put the JSON of their result where its text belongs. */
    private static List<Content> output(JsonValue output) {
        return ContentReader.isContent(output) ? ContentReader.readList(output)
                : List.of(Content.text(output.toString()));
    }

    private static Optional<ItemStatus> status(JsonFields item) {
        return item.string("status").flatMap(ItemStatus::find);
    }

    private static List<String> texts(JsonFields item, String field) {
        List<String> texts = new ArrayList<>();
        for (JsonValue part : item.list(field)) {
            texts.add(part.isString() ? part.string() : part.object().required("text").string());
        }
        return texts;
    }
}
