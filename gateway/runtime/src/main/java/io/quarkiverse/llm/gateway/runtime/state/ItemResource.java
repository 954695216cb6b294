package io.quarkiverse.llm.gateway.runtime.state;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

import io.quarkiverse.llm.RawJson;
import io.quarkiverse.llm.runtime.json.JsonFields;
import io.quarkiverse.llm.runtime.json.JsonText;
import io.quarkiverse.llm.runtime.json.JsonValue;
import io.quarkiverse.llm.runtime.wire.Ids;

/**
 * Items as servers show them: clients may send messages without a type and with a bare text, and read them with an id, a status
 * and a list of parts. What is said stays the same. Items of other types stay as they are.
 */
public final class ItemResource {

    private static final String MESSAGE = "message";
    /** The types whose resources have a status in any case. */
    private static final Set<String> WITH_STATUS = Set.of(MESSAGE, "function_call", "function_call_output");

    private ItemResource() {
    }

    /** The item with that id and all that clients expect of it. */
    public static RawJson of(String id, RawJson item) {
        Map<String, RawJson> shown = new LinkedHashMap<>();
        shown.put("id", string(id));
        Map<String, RawJson> sent = fields(item);
        String type = type(item);
        if (!type.isEmpty()) {
            shown.put("type", string(type));
        }
        if (WITH_STATUS.contains(type)) {
            shown.put("status", string("completed"));
        }
        if (type.equals(MESSAGE)) {
            shown.put("role", string("user"));
        }
        sent.forEach((name, value) -> {
            if (!name.equals("id") && !value.text().equals("null")) {
                shown.put(name, value);
            }
        });
        if (type.equals(MESSAGE)) {
            shown.computeIfPresent("content", (name, content) -> parts(content, shown.get("role")));
        }
        return JsonText.object(shown);
    }

    private static Map<String, RawJson> fields(RawJson item) {
        JsonValue value = JsonValue.of(item.text());
        Map<String, RawJson> fields = new LinkedHashMap<>();
        if (value.isObject()) {
            value.object().toMap().forEach((name, field) -> fields.put(name, field.raw()));
        } else {
            // clients are known to send bare texts
            fields.put("content", value.raw());
        }
        return fields;
    }

    private static RawJson parts(RawJson content, RawJson role) {
        if (!JsonValue.of(content.text()).isString()) {
            return content;
        }
        boolean output = role.text().equals("\"assistant\"");
        return RawJson.verbatim("[{\"type\":\"" + (output ? "output_text" : "input_text") + "\",\"text\":" + content.text()
                + (output ? ",\"annotations\":[],\"logprobs\":[]" : "") + "}]");
    }

    /** The type, which clients may leave out; empty where nothing tells it. */
    public static String type(RawJson item) {
        JsonValue value = JsonValue.of(item.text());
        if (!value.isObject()) {
            return MESSAGE;
        }
        JsonFields fields = value.object();
        String said = text(fields, "type");
        if (!said.isEmpty()) {
            return said;
        } else if (fields.has("role") || fields.has("content")) {
            return MESSAGE;
        } else if (fields.has("call_id") && fields.has("output")) {
            return "function_call_output";
        }
        return fields.has("call_id") && fields.has("name") ? "function_call" : "";
    }

    /** The id that the item has, or else a new one in the style of its type. */
    static String id(RawJson item) {
        JsonValue value = JsonValue.of(item.text());
        String own = value.isObject() ? text(value.object(), "id") : "";
        return own.isEmpty() ? newId(item) : own;
    }

    /** An id that no other item has. */
    public static String newId(RawJson item) {
        return Ids.made(switch (type(item)) {
            case MESSAGE -> "msg";
            case "function_call" -> "fc";
            case "function_call_output" -> "fco";
            case "custom_tool_call" -> "ctc";
            case "custom_tool_call_output" -> "ctco";
            case "reasoning" -> "rs";
            case "compaction" -> "cmp";
            default -> "item";
        });
    }

    /** The field as a text; empty where it is none. */
    static String text(JsonFields fields, String name) {
        return fields.value(name).filter(JsonValue::isString).map(JsonValue::string).filter(text -> !text.isBlank()).orElse("");
    }

    private static RawJson string(String text) {
        return RawJson.verbatim(JsonText.quoted(text));
    }
}
