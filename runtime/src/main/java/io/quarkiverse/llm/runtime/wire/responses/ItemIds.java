package io.quarkiverse.llm.runtime.wire.responses;

import java.util.function.Supplier;

import io.quarkiverse.llm.Item;
import io.quarkiverse.llm.Message;
import io.quarkiverse.llm.Reasoning;
import io.quarkiverse.llm.ToolCall;
import io.quarkiverse.llm.runtime.wire.Ids;

/** Gives ids to output items that have none: applications' own providers need not care, and all clients do. */
final class ItemIds {

    private ItemIds() {
    }

    /** The item with its id, or with one made up. */
    static Item identified(Item item) {
        return identified(item, () -> Ids.made(kind(item).idPrefix()));
    }

    private static ItemKind kind(Item item) {
        if (item instanceof ToolCall call) {
            return call.kind() == ToolCall.Kind.CUSTOM ? ItemKind.CUSTOM_CALL : ItemKind.FUNCTION_CALL;
        }
        return item instanceof Message ? ItemKind.MESSAGE : item instanceof Reasoning ? ItemKind.REASONING : ItemKind.WHOLE;
    }

    /** The item with its id, or with that one. */
    static Item identified(Item item, Supplier<String> otherwise) {
        if (item instanceof Message message && message.id().isEmpty()) {
            return message.withId(otherwise.get());
        } else if (item instanceof Reasoning reasoning && reasoning.id().isEmpty()) {
            return reasoning.withId(otherwise.get());
        } else if (item instanceof ToolCall call && call.id().isEmpty()) {
            return call.toBuilder().id(otherwise.get()).build();
        }
        return item;
    }
}
