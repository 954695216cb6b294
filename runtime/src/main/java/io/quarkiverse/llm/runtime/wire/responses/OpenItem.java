package io.quarkiverse.llm.runtime.wire.responses;

import java.util.Optional;

import io.quarkiverse.llm.Item;
import io.quarkiverse.llm.ItemStatus;

/** An item of the output while it arrives. */
abstract class OpenItem {

    final ItemKind kind;
    final String id;
    /** Whether the id is the server's. */
    boolean identified;
    /** Where the server says it stands; {@link ResponsesEvent#NO_INDEX} while it has not said. */
    int serverIndex;
    /** Where it stands; -1 before it has begun. */
    int outputIndex = -1;
    /** Whether the server has said that it begins. */
    boolean added;
    /** Whether the server has said that it is over. */
    boolean over;
    /** Whether the server says how far it has come. */
    private boolean hasStatus;
    private Item closed;

    OpenItem(ItemKind kind, String id, boolean identified, int serverIndex) {
        this.kind = kind;
        this.id = id;
        this.identified = identified;
        this.serverIndex = serverIndex;
    }

    /** Takes over what the server says of the item besides its content. */
    void describe(ReceivedItem received) {
        hasStatus |= received.status() != null;
    }

    /** Whether exactly this has arrived, as a text or as arguments. */
    boolean says(String whole) {
        return false;
    }

    /** Whether this is told once more, by what it holds: ids may be others. */
    abstract boolean holdsWhat(ReceivedItem received);

    /** The item with what has arrived so far. */
    abstract Item snapshot(Optional<ItemStatus> status);

    /** As it begins: of a status that the server does not tell nothing is said. */
    final Item beginning() {
        return snapshot(hasStatus || !added ? Optional.of(ItemStatus.IN_PROGRESS) : Optional.empty());
    }

    final boolean isOpen() {
        return closed == null;
    }

    /** OpenAI's reasoning has no status. */
    final Item close(ItemStatus status) {
        boolean unsaid = status == ItemStatus.COMPLETED && kind == ItemKind.REASONING && added && !hasStatus;
        closed = snapshot(unsaid ? Optional.empty() : Optional.of(status));
        return closed;
    }

    /** The item as it was closed; what has arrived so far when it is open. */
    final Item current() {
        return closed == null ? snapshot(Optional.of(ItemStatus.INCOMPLETE)) : closed;
    }
}
