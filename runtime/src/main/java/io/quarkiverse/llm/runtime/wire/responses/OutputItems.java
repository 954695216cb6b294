package io.quarkiverse.llm.runtime.wire.responses;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.quarkiverse.llm.Item;
import io.quarkiverse.llm.ItemStatus;
import io.quarkiverse.llm.Repair;
import io.quarkiverse.llm.runtime.wire.RepairLog;

/**
 * Turns what arrives of items into a legal sequence, whatever is missing, repeated or out of order: each item is found or made
 * up by {@link ItemRouting}, its content is put together by {@link PartAssembler} and {@link CallAssembler}. All departures
 * from the wire API are counted.
 */
final class OutputItems {

    private final RepairLog repairs;
    private final ItemRouting routing;
    private final Output output;
    private final PartAssembler parts;
    private final CallAssembler calls;

    OutputItems(HeldBackEvents events, RepairLog repairs) {
        this.repairs = repairs;
        this.routing = new ItemRouting(repairs);
        this.output = new Output(events, repairs);
        this.parts = new PartAssembler(output, repairs);
        this.calls = new CallAssembler(output, repairs);
    }

    /** An item begins. */
    void added(ResponsesEvent event) {
        ReceivedItem received = event.item;
        OpenItem known = routing.ofAdded(received, event.outputIndex);
        if (known != null) {
            known.describe(received);
            if (known.added) {
                repairs.add(Repair.REPEATED_START, event.type, "adds an item once more");
            }
            known.added = true;
            if (known instanceof OpenCall call) {
                calls.added(call, received, event.type);
            }
            return;
        }
        if (event.outputIndex != routing.items().size()) {
            repairs.add(Repair.MISSING_INDEX, event.type,
                    event.outputIndex == ResponsesEvent.NO_INDEX ? "has no output_index" : "has not the next output_index");
        }
        OpenItem item = routing.open(received.kind(), received.id(), event.outputIndex, event.type);
        item.added = true;
        item.describe(received);
        if (item instanceof OpenCall call) {
            calls.added(call, received, event.type);
        } else {
            output.begin(item, event.type);
        }
    }

    /** An item is over. */
    void done(ResponsesEvent event) {
        ReceivedItem received = event.item;
        OpenItem item = routing.ofDone(received, event.outputIndex, event.type);
        if (item == null) {
            repairs.add(Repair.ITEM_NEVER_ADDED, event.type, "ends an item that was not added");
            takeWhole(received, event.outputIndex, event.type);
        } else if (!item.over) {
            finish(item, received, true, event.type);
        }
    }

    /** An item that comes as a whole. */
    OpenItem takeWhole(ReceivedItem received, int index, String where) {
        OpenItem item = routing.open(received.kind(), received.id(), index, where);
        item.added = true;
        item.describe(received);
        if (!(item instanceof OpenCall)) {
            output.begin(item, where);
        }
        finish(item, received, false, where);
        return item;
    }

    private void finish(OpenItem item, ReceivedItem received, boolean told, String where) {
        item.describe(received);
        if (item instanceof OpenCall call) {
            calls.itemDone(call, received, told, where);
            item.over = true;
            return;
        }
        if (item instanceof OpenParts open) {
            parts.itemDone(open, received, told, where);
        }
        item.over = true;
        output.close(item, received.status() == ItemStatus.INCOMPLETE ? ItemStatus.INCOMPLETE : ItemStatus.COMPLETED);
    }

    void partAdded(ResponsesEvent event, PartKind expected) {
        ReceivedPart part = part(event, expected);
        parts.added(withParts(event, part.kind()), part, partIndex(event, part.kind()), event.type);
    }

    void partDone(ResponsesEvent event, PartKind expected) {
        ReceivedPart part = part(event, expected);
        parts.partDone(withParts(event, part.kind()), part, partIndex(event, part.kind()), event.type);
    }

    /** A part is of what its item is made of; where the item is not known, of what it says itself. */
    private ReceivedPart part(ResponsesEvent event, PartKind expected) {
        ReceivedPart part = event.part == null ? ReceivedPart.EMPTY : event.part;
        ItemKind owner = routing.kindOf(event.itemId);
        boolean isReasoning = part.kind() != null && part.kind().owner() == ItemKind.REASONING;
        return part.among(expected == PartKind.TEXT && (owner == ItemKind.REASONING || owner != ItemKind.MESSAGE && isReasoning)
                ? PartKind.REASONING
                : expected);
    }

    void delta(ResponsesEvent event, PartKind kind) {
        if (event.delta != null && !event.delta.isEmpty()) {
            parts.delta(withParts(event, kind), kind, partIndex(event, kind), event.delta, event.logprobs, event.type);
        }
    }

    void textDone(ResponsesEvent event, PartKind kind) {
        parts.textDone(withParts(event, kind), kind, partIndex(event, kind), event.whole, event.logprobs, event.type);
    }

    void annotation(ResponsesEvent event) {
        if (event.annotation != null) {
            parts.annotation(withParts(event, PartKind.TEXT), event.contentIndex,
                    ReceivedPart.annotation(event.annotation), event.type);
        }
    }

    void argumentsDelta(ResponsesEvent event, ItemKind kind) {
        if (event.delta != null && !event.delta.isEmpty()) {
            calls.delta(call(event, kind), event.delta, event.type);
        }
    }

    void argumentsDone(ResponsesEvent event, ItemKind kind) {
        calls.argumentsDone(call(event, kind), event.whole, event.name, event.type);
    }

    private static int partIndex(ResponsesEvent event, PartKind kind) {
        return kind == PartKind.SUMMARY ? event.summaryIndex : event.contentIndex;
    }

    private OpenParts withParts(ResponsesEvent event, PartKind kind) {
        OpenItem item = routing.ofContent(event, kind.owner());
        if (item == null) {
            item = neverAdded(event, kind.owner());
            output.begin(item, event.type);
        }
        return (OpenParts) item;
    }

    private OpenCall call(ResponsesEvent event, ItemKind kind) {
        OpenItem item = routing.ofContent(event, kind);
        return (OpenCall) (item == null ? neverAdded(event, kind) : item);
    }

    private OpenItem neverAdded(ResponsesEvent event, ItemKind kind) {
        repairs.add(Repair.ITEM_NEVER_ADDED, event.type, "is of an item that was not added");
        return routing.open(kind, event.itemId, event.outputIndex, event.type);
    }

    /**
     * The response is over, by an event that repeats all of it.
     *
     * @param told its output as it is told at the end; {@code null} when it is not
     * @param cut whether the model was stopped in the middle
     * @return whether all calls are whole
     */
    boolean end(List<ReceivedItem> told, boolean cut, String where) {
        OpenItem[] found = told == null ? new OpenItem[0] : OutputMatching.match(routing, told);
        Set<OpenItem> repeated = new HashSet<>();
        for (int i = 0; i < found.length; i++) {
            ReceivedItem received = told.get(i);
            OpenItem item = found[i];
            if (item == null) {
                repairs.add(Repair.ITEM_NEVER_ADDED, where, "has an item that did not come before");
                item = takeWhole(received, i, where);
            } else if (!item.over) {
                repairs.add(Repair.MISSING_DONE, where, "has an item whose end did not come");
                finish(item, received, true, where);
            }
            repeated.add(item);
        }
        for (OpenItem item : routing.items()) {
            if (!repeated.contains(item)) {
                repairs.add(Repair.MISSING_OUTPUT, where, "lacks an item that came");
            }
        }
        return end(cut, where);
    }

    /** The response is over: as {@link #end(List, boolean, String)}, without repetition. */
    boolean end(boolean cut, String where) {
        boolean callsWhole = true;
        for (OpenItem item : routing.items()) {
            callsWhole &= !item.isOpen() || close(item, cut, where);
        }
        return callsWhole;
    }

    private boolean close(OpenItem item, boolean cut, String where) {
        if (!item.over) {
            repairs.add(Repair.MISSING_DONE, where, "comes before the end of an item");
        }
        item.over = true;
        if (item instanceof OpenCall call) {
            return calls.end(call, cut, where);
        }
        output.close(item, cut ? ItemStatus.INCOMPLETE : ItemStatus.COMPLETED);
        return true;
    }

    boolean haveCompletedCalls() {
        return calls.hasCompletedAny();
    }

    boolean haveBegun() {
        return !output.isEmpty();
    }

    /** Whether each item that came has been told to be over. */
    boolean areOver() {
        return routing.items().stream().allMatch(item -> item.over);
    }

    List<Item> items() {
        return output.items();
    }
}
