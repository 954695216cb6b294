package io.quarkiverse.llm.runtime.wire.responses;

import java.lang.ref.WeakReference;
import java.util.Optional;

import io.quarkiverse.llm.Item;
import io.quarkiverse.llm.ItemStatus;
import io.quarkiverse.llm.Message;
import io.quarkiverse.llm.Reasoning;
import io.quarkiverse.llm.ToolCall;
import io.quarkiverse.llm.ToolOutput;
import io.quarkiverse.llm.runtime.json.ItemWriter;

/**
 * An item that can be recognized without being held: the same instance by its identity, an equal one by its digest. Items are
 * immutable.
 */
record KnownItem(WeakReference<Item> instance, Digest digest) {

    private static final byte[] NOTHING = {};

    static KnownItem of(Item item) {
        Item counted = counted(item);
        return new KnownItem(new WeakReference<>(item), Digest.of(NOTHING, json -> ItemWriter.write(json, counted)));
    }

    boolean isInstance(Item item) {
        return instance.refersTo(item);
    }

    /**
     * What of an item the server would be told. Histories that went through other hands have lost ids and statuses, which no
     * server gets back; only of a cut call is it decisive that it was cut, and of reasoning that shows nothing which it was.
     */
    private static Item counted(Item item) {
        if (item instanceof Message message) {
            return new Message(Optional.empty(), Optional.empty(), message.role(), message.content(), message.phase());
        } else if (item instanceof ToolCall call) {
            return new ToolCall(Optional.empty(), call.status().filter(ItemStatus.INCOMPLETE::equals), call.kind(),
                    call.namespace(), call.name(), call.callId(), call.arguments());
        } else if (item instanceof ToolOutput output) {
            return new ToolOutput(Optional.empty(), Optional.empty(), output.kind(), output.callId(), output.content());
        } else if (item instanceof Reasoning reasoning) {
            boolean hidden = reasoning.content().isEmpty() && ReasoningForm.encrypted(reasoning).isEmpty();
            return new Reasoning(reasoning.id().filter(id -> hidden), Optional.empty(), reasoning.summary(),
                    reasoning.content(), reasoning.encryptedContent());
        }
        return item;
    }
}
