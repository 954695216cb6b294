package io.quarkiverse.llm.runtime.wire.chat;

import io.quarkiverse.llm.Item;
import io.quarkiverse.llm.ItemStatus;

/** An output item while it arrives. */
abstract class ItemInProgress {

    final String id;
    /** Its place in the output; -1 before it has started. */
    int outputIndex = -1;
    private Item done;

    ItemInProgress(String id) {
        this.id = id;
    }

    /** The item with what has arrived so far. */
    abstract Item snapshot(ItemStatus status);

    final boolean isOpen() {
        return done == null;
    }

    final Item close(ItemStatus status) {
        done = snapshot(status);
        return done;
    }

    /** The item as it was closed; what has arrived so far when it is open. */
    final Item current() {
        return done == null ? snapshot(ItemStatus.INCOMPLETE) : done;
    }
}
