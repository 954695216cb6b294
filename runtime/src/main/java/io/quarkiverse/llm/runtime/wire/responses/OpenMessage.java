package io.quarkiverse.llm.runtime.wire.responses;

import java.util.Optional;

import io.quarkiverse.llm.Item;
import io.quarkiverse.llm.ItemStatus;
import io.quarkiverse.llm.Message;
import io.quarkiverse.llm.Role;

/** A message while it arrives. */
final class OpenMessage extends OpenParts {

    private final Parts content = new Parts();
    private String phase;

    OpenMessage(String id, boolean identified, int serverIndex) {
        super(ItemKind.MESSAGE, id, identified, serverIndex);
    }

    @Override
    void describe(ReceivedItem received) {
        super.describe(received);
        String told = received.phase();
        phase = told == null ? phase : told;
    }

    @Override
    Parts parts(PartKind kind) {
        return content;
    }

    @Override
    boolean holdsWhat(ReceivedItem received) {
        return content.areTold(received.content());
    }

    @Override
    Item snapshot(Optional<ItemStatus> status) {
        return new Message(Optional.of(id), status, Role.ASSISTANT, content.contents(), Optional.ofNullable(phase));
    }
}
