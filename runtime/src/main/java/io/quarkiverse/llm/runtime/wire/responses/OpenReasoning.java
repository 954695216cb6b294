package io.quarkiverse.llm.runtime.wire.responses;

import java.util.Optional;

import io.quarkiverse.llm.Item;
import io.quarkiverse.llm.ItemStatus;
import io.quarkiverse.llm.Reasoning;

/** Reasoning while it arrives. */
final class OpenReasoning extends OpenParts {

    private final Parts summary = new Parts();
    private final Parts content = new Parts();
    private String encryptedContent;

    OpenReasoning(String id, boolean identified, int serverIndex) {
        super(ItemKind.REASONING, id, identified, serverIndex);
    }

    /** OpenAI encrypts it anew each time; the last one counts. */
    @Override
    void describe(ReceivedItem received) {
        super.describe(received);
        String told = received.encryptedContent();
        encryptedContent = told == null ? encryptedContent : told;
    }

    @Override
    Parts parts(PartKind kind) {
        return kind == PartKind.SUMMARY ? summary : content;
    }

    @Override
    boolean holdsWhat(ReceivedItem received) {
        return summary.areTold(received.summary()) && content.areTold(received.content());
    }

    @Override
    Item snapshot(Optional<ItemStatus> status) {
        return new Reasoning(Optional.of(id), status, summary.texts(), content.texts(), Optional.ofNullable(encryptedContent));
    }
}
