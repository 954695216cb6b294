package io.quarkiverse.llm.runtime.wire.responses;

import java.util.ArrayList;
import java.util.List;

import io.quarkiverse.llm.Item;
import io.quarkiverse.llm.ItemStatus;
import io.quarkiverse.llm.LlmEvent;
import io.quarkiverse.llm.Repair;
import io.quarkiverse.llm.runtime.wire.RepairLog;

/** The items that have begun, in the order of their beginning, and the events of their beginnings and ends. */
final class Output {

    private final HeldBackEvents events;
    private final RepairLog repairs;
    private final List<OpenItem> items = new ArrayList<>();

    Output(HeldBackEvents events, RepairLog repairs) {
        this.events = events;
        this.repairs = repairs;
    }

    void begin(OpenItem item, String where) {
        if (!items.isEmpty() && !items.get(items.size() - 1).over) {
            repairs.add(Repair.INTERLEAVED_ITEMS, where, "begins an item while another is open");
        }
        item.outputIndex = items.size();
        items.add(item);
        events.emit(new LlmEvent.ItemStarted(item.id, item.outputIndex, item.beginning()));
    }

    void close(OpenItem item, ItemStatus status) {
        events.emit(new LlmEvent.ItemComplete(item.id, item.outputIndex, item.close(status)));
    }

    void emit(LlmEvent event) {
        events.emit(event);
    }

    boolean isEmpty() {
        return items.isEmpty();
    }

    List<Item> items() {
        return items.stream().map(OpenItem::current).toList();
    }
}
