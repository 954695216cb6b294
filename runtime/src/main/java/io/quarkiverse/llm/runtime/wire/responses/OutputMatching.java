package io.quarkiverse.llm.runtime.wire.responses;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.function.Predicate;

/**
 * Finds the items that the last event tells once more. Servers give them new ids there, and leave some out or put others in
 * front, so that neither the id nor the place need be right. What is told with the content of an item is that item; only what
 * nothing speaks for is new, as its text would come a second time otherwise.
 */
final class OutputMatching {

    private final ItemRouting routing;
    private final List<ReceivedItem> told;
    private final OpenItem[] found;
    private final Set<OpenItem> repeated = new HashSet<>();

    private OutputMatching(ItemRouting routing, List<ReceivedItem> told) {
        this.routing = routing;
        this.told = told;
        this.found = new OpenItem[told.size()];
    }

    /** Of each item that is told the one that came; {@code null} when it has not come. */
    static OpenItem[] match(ItemRouting routing, List<ReceivedItem> told) {
        OutputMatching matching = new OutputMatching(routing, told);
        matching.find(i -> routing.ofIds(told.get(i)));
        matching.find(i -> matching.unrepeated(item -> holds(item, told.get(i))));
        matching.find(i -> matching.ifUnrepeated(routing.ofPlace(told.get(i), i)));
        matching.find(i -> matching.unrepeated(item -> mayBe(item, told.get(i))));
        return matching.found;
    }

    private void find(IntFunction<OpenItem> search) {
        for (int i = 0; i < found.length; i++) {
            OpenItem item = found[i] == null ? search.apply(i) : null;
            if (item != null) {
                found[i] = routing.adopt(item, told.get(i));
                repeated.add(item);
            }
        }
    }

    private OpenItem ifUnrepeated(OpenItem item) {
        return repeated.contains(item) ? null : item;
    }

    private OpenItem unrepeated(Predicate<OpenItem> condition) {
        for (OpenItem item : routing.items()) {
            if (!repeated.contains(item) && condition.test(item)) {
                return item;
            }
        }
        return null;
    }

    private static boolean holds(OpenItem item, ReceivedItem received) {
        return ItemRouting.isOf(item, received.kind()) && item.holdsWhat(received);
    }

    /** Whether it is of the same kind, and nothing tells that it is another. */
    private static boolean mayBe(OpenItem item, ReceivedItem received) {
        if (item instanceof OpenWhole whole) {
            return whole.type().equals(received.type());
        }
        return ItemRouting.isOf(item, received.kind()) && ItemRouting.isSameCall(item, received)
                && (!(item instanceof OpenCall call) || call.isNamed(received.name()));
    }
}
