package io.quarkiverse.llm.gateway.runtime.compaction;

import java.util.Optional;

import io.quarkiverse.llm.RawJson;
import io.quarkiverse.llm.gateway.runtime.state.ItemResource;
import io.quarkiverse.llm.runtime.json.JsonFields;
import io.quarkiverse.llm.runtime.json.JsonValue;

/** Who an item of a conversation is from. */
enum ItemKind {
    /** What the application says of the whole conversation: its instructions, tools and settings. */
    APPLICATION,
    USER,
    /** What the model has said, thought and called, and whatever is not known here. */
    ASSISTANT,
    /** What came of a call. */
    OUTPUT;

    static ItemKind of(RawJson item) {
        String type = ItemResource.type(item);
        if (type.equals("message")) {
            return switch (text(item, "role").orElse("user")) {
                case "assistant" -> ASSISTANT;
                case "system", "developer" -> APPLICATION;
                // a message of a role that is not known is the user's, but for those of Chat Completions
                case "tool", "function" -> OUTPUT;
                default -> USER;
            };
        } else if (type.equals("additional_tools") || type.equals("configuration_update")) {
            return APPLICATION;
        }
        return type.endsWith("_output") || type.equals("mcp_approval_response") ? OUTPUT : ASSISTANT;
    }

    /** The id of the call that the item is, where its output is to come from the client. */
    static Optional<String> call(RawJson item) {
        return ItemResource.type(item).endsWith("_call") ? text(item, "call_id") : Optional.empty();
    }

    /** The id of the call that the item is the output of. */
    static Optional<String> output(RawJson item) {
        return of(item) == OUTPUT ? text(item, "call_id").or(() -> text(item, "tool_call_id")) : Optional.empty();
    }

    static Optional<String> text(RawJson item, String field) {
        JsonValue value = JsonValue.of(item.text());
        if (!value.isObject()) {
            return Optional.empty();
        }
        JsonFields fields = value.object();
        return fields.value(field).filter(JsonValue::isString).map(JsonValue::string);
    }
}
