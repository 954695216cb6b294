package io.quarkiverse.llm.runtime.wire.responses;

import java.util.Optional;

import io.quarkiverse.llm.Item;
import io.quarkiverse.llm.ItemStatus;
import io.quarkiverse.llm.OpaqueItem;

/** An item that is kept exactly as the server last sent it. */
final class OpenWhole extends OpenItem {

    private OpaqueItem item;

    OpenWhole(String id, boolean identified, int serverIndex) {
        super(ItemKind.WHOLE, id, identified, serverIndex);
    }

    @Override
    void describe(ReceivedItem received) {
        super.describe(received);
        item = new OpaqueItem(received.type(), received.json());
    }

    String type() {
        return item.type();
    }

    @Override
    boolean holdsWhat(ReceivedItem received) {
        return item.json().equals(received.json());
    }

    /** Its status is its own affair. */
    @Override
    Item snapshot(Optional<ItemStatus> status) {
        return item;
    }
}
