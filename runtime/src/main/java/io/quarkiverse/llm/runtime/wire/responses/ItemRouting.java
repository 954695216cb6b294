package io.quarkiverse.llm.runtime.wire.responses;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.quarkiverse.llm.Repair;
import io.quarkiverse.llm.runtime.wire.Ids;
import io.quarkiverse.llm.runtime.wire.RepairLog;

/**
 * Finds the item that something belongs to: by its id, else by its place in the output, else the last one that is open.
 * References that lead to an item of another kind count as none.
 */
final class ItemRouting {

    private final RepairLog repairs;
    private final List<OpenItem> items = new ArrayList<>();
    private final Map<String, OpenItem> byId = new HashMap<>();
    private final Map<Integer, OpenItem> byIndex = new HashMap<>();
    /** Of the last content; {@code null} when its item may be another one now. */
    private String latestId;
    private OpenItem latest;

    ItemRouting(RepairLog repairs) {
        this.repairs = repairs;
    }

    /** All items in the order they came, those that have not begun too. */
    List<OpenItem> items() {
        return items;
    }

    /** The item of a part or of arguments; {@code null} when it has not been added. */
    OpenItem ofContent(ResponsesEvent event, ItemKind kind) {
        OpenItem item = event.itemId == null ? null : ofId(event.itemId);
        if (item != null && isOf(item, kind)) {
            if (event.outputIndex != item.serverIndex) {
                place(item, event.outputIndex, event.type);
            }
            return item;
        }
        return ofOddReference(event, kind, item != null);
    }

    /** Deltas that differ only in their text bring the same string. */
    private OpenItem ofId(String id) {
        if (id != latestId) {
            latestId = id;
            latest = byId.get(id);
        }
        return latest;
    }

    private void identify(String id, OpenItem item) {
        byId.put(id, item);
        latestId = null;
    }

    /** A call may be of either kind: what its events are called is no reason to tear it apart. */
    static boolean isOf(OpenItem item, ItemKind kind) {
        return item.kind == kind || item.kind.isCall() && kind.isCall();
    }

    private void place(OpenItem item, int index, String where) {
        if (index == ResponsesEvent.NO_INDEX) {
            repairs.add(Repair.MISSING_INDEX, where, "has no output_index");
        } else if (item.serverIndex == ResponsesEvent.NO_INDEX) {
            item.serverIndex = index;
            byIndex.putIfAbsent(index, item);
        } else {
            repairs.add(Repair.MISSING_INDEX, where, "has another output_index than its item");
        }
    }

    private OpenItem ofOddReference(ResponsesEvent event, ItemKind kind, boolean foreignId) {
        String id = foreignId ? null : event.itemId;
        OpenItem item = at(event.outputIndex, kind, event);
        if (item == null && id != null && kind.isCall()) {
            // older llama.cpp: the id of the item stands in call_id
            item = ofCallId(id);
        }
        if (item == null && id == null && event.outputIndex == ResponsesEvent.NO_INDEX && event.whole != null) {
            item = sayingSo(event.whole, kind);
        }
        if (item == null) {
            item = last(kind, id, foreignId ? ResponsesEvent.NO_INDEX : event.outputIndex, event);
        }
        if (item == null) {
            return null;
        }
        if (id != null && !item.identified) {
            // that it has no id has been said when it was added
            item.identified = true;
            identify(id, item);
        } else {
            repairs.add(Repair.MISSING_ITEM_REFERENCE, event.type,
                    event.itemId == null ? "has no item_id" : "has the item_id of no item that it could belong to");
        }
        if (event.outputIndex != item.serverIndex) {
            place(item, event.outputIndex, event.type);
        }
        return item;
    }

    private OpenItem at(int index, ItemKind kind, ResponsesEvent event) {
        OpenItem item = index == ResponsesEvent.NO_INDEX ? null : byIndex.get(index);
        return item != null && isOf(item, kind) && takesMore(item, event) ? item : null;
    }

    private OpenItem ofCallId(String callId) {
        for (OpenItem item : items) {
            if (item instanceof OpenCall call && callId.equals(call.serverCallId)) {
                return item;
            }
        }
        return null;
    }

    /** In a burst of ends the item whose content is told is the one that has it. */
    private OpenItem sayingSo(String whole, ItemKind kind) {
        for (OpenItem item : items) {
            if (isOf(item, kind) && item.says(whole)) {
                return item;
            }
        }
        return null;
    }

    private OpenItem last(ItemKind kind, String id, int index, ResponsesEvent event) {
        for (int i = items.size() - 1; i >= 0; i--) {
            OpenItem item = items.get(i);
            if (isOf(item, kind) && takesMore(item, event) && (id == null || !item.identified)
                    && (index == ResponsesEvent.NO_INDEX || item.serverIndex == ResponsesEvent.NO_INDEX)) {
                return item;
            }
        }
        return null;
    }

    /** Whether it can belong there. After the last brace of arguments those of another call begin. */
    private static boolean takesMore(OpenItem item, ResponsesEvent event) {
        if (item.over || !(item instanceof OpenCall call)) {
            return !item.over;
        }
        return !call.argumentsOver && !(call.hasLastBrace() && event.delta != null && !event.delta.isBlank());
    }

    /** The item that is added, when its content came before it, or it is added once more; else {@code null}. */
    OpenItem ofAdded(ReceivedItem received, int index) {
        OpenItem known = received.id() == null ? null : byId.get(received.id());
        if (known != null) {
            return known.kind == received.kind() && !known.over && isSameCall(known, received) ? known : null;
        }
        OpenItem there = index == ResponsesEvent.NO_INDEX ? null : byIndex.get(index);
        if (there != null) {
            boolean again = received.id() == null && received.callId() != null;
            return isUnfinished(there, received) && (!there.added || again) && !conflicts(there, received)
                    ? adopt(there, received)
                    : null;
        }
        for (OpenItem item : items) {
            if (!item.added && isUnfinished(item, received) && !conflicts(item, received)
                    && (index == ResponsesEvent.NO_INDEX || item.serverIndex == ResponsesEvent.NO_INDEX)) {
                return adopt(item, received);
            }
        }
        return null;
    }

    /** The item that is told to be over; {@code null} when it was never added. */
    OpenItem ofDone(ReceivedItem received, int index, String where) {
        OpenItem known = received.id() == null ? null : byId.get(received.id());
        if (known != null && isOf(known, received.kind()) && isSameCall(known, received)) {
            if (index != known.serverIndex) {
                place(known, index, where);
            }
            return known;
        }
        OpenItem item = unreferenced(received, index);
        if (item != null && item.identified) {
            repairs.add(Repair.MISSING_ITEM_REFERENCE, where, received.id() == null ? "has an item without its id"
                    : "has an item of another id than before");
        }
        return item == null ? null : adopt(item, received);
    }

    private OpenItem unreferenced(ReceivedItem received, int index) {
        OpenItem item = received.callId() == null ? null : ofCallId(received.callId());
        if (item != null) {
            return item;
        }
        OpenItem there = index == ResponsesEvent.NO_INDEX ? null : byIndex.get(index);
        if (there != null) {
            return isUnfinished(there, received) && isSameCall(there, received) ? there : null;
        }
        // in a burst of ends the first that is open ends first
        for (OpenItem open : items) {
            if (isUnfinished(open, received) && !conflicts(open, received)
                    && (index == ResponsesEvent.NO_INDEX || open.serverIndex == ResponsesEvent.NO_INDEX)) {
                return open;
            }
        }
        return null;
    }

    /** The item of this id, else of this call id; {@code null} when there is none. */
    OpenItem ofIds(ReceivedItem received) {
        OpenItem known = received.id() == null ? null : byId.get(received.id());
        if (known != null && isOf(known, received.kind()) && isSameCall(known, received)) {
            return known;
        }
        return received.callId() == null ? null : ofCallId(received.callId());
    }

    /** The item that stands at this place of the last event's output; {@code null} when that is another, or none. */
    OpenItem ofPlace(ReceivedItem received, int index) {
        OpenItem there = byIndex.get(index);
        if (there != null && isOf(there, received.kind()) && isSameCall(there, received)) {
            return there;
        }
        OpenItem same = index < items.size() ? items.get(index) : null;
        boolean placed = same != null && same.serverIndex != ResponsesEvent.NO_INDEX;
        // where nothing else told its place, the place in the output is it, whatever the id is now
        return same != null && isOf(same, received.kind()) && (placed ? !conflicts(same, received) : isSameCall(same, received))
                ? same
                : null;
    }

    private static boolean isUnfinished(OpenItem item, ReceivedItem received) {
        return isOf(item, received.kind()) && !item.over;
    }

    private static boolean conflicts(OpenItem item, ReceivedItem received) {
        return received.id() != null && item.identified || !isSameCall(item, received);
    }

    static boolean isSameCall(OpenItem item, ReceivedItem received) {
        return !(item instanceof OpenCall call) || call.serverCallId == null || received.callId() == null
                || call.serverCallId.equals(received.callId());
    }

    OpenItem adopt(OpenItem item, ReceivedItem received) {
        if (received.id() != null && !item.identified) {
            item.identified = true;
            latestId = null;
            byId.putIfAbsent(received.id(), item);
        }
        return item;
    }

    /** What the item of that id is; {@code null} when there is none. */
    ItemKind kindOf(String id) {
        OpenItem item = id == null ? null : byId.get(id);
        return item == null ? null : item.kind;
    }

    /** A new item; an id that is missing, or that of another item, is made up. */
    OpenItem open(ItemKind kind, String serverId, int serverIndex, String where) {
        boolean usable = serverId != null && !byId.containsKey(serverId);
        if (!usable) {
            repairs.add(Repair.MISSING_ITEM_ID, where,
                    serverId == null ? "belongs to an item without an id" : "belongs to an item with the id of another");
        }
        String id = usable ? serverId : Ids.made(kind.idPrefix());
        OpenItem item = switch (kind) {
            case MESSAGE -> new OpenMessage(id, usable, serverIndex);
            case REASONING -> new OpenReasoning(id, usable, serverIndex);
            case FUNCTION_CALL, CUSTOM_CALL -> new OpenCall(kind, id, usable, serverIndex);
            case WHOLE -> new OpenWhole(id, usable, serverIndex);
        };
        items.add(item);
        identify(id, item);
        if (serverId != null) {
            // of two items with one id, what follows belongs to the later
            identify(serverId, item);
        }
        if (serverIndex != ResponsesEvent.NO_INDEX) {
            byIndex.put(serverIndex, item);
        }
        return item;
    }
}
