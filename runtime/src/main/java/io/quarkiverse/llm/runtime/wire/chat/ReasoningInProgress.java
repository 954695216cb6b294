package io.quarkiverse.llm.runtime.wire.chat;

import java.util.List;
import java.util.Optional;

import io.quarkiverse.llm.ItemStatus;
import io.quarkiverse.llm.Reasoning;
import io.quarkiverse.llm.runtime.wire.Ids;

/** Reasoning in clear text while it arrives. */
final class ReasoningInProgress extends ItemInProgress {

    private final StringBuilder text = new StringBuilder();

    ReasoningInProgress() {
        super(Ids.made("rs"));
    }

    void append(String delta) {
        text.append(delta);
    }

    @Override
    Reasoning snapshot(ItemStatus status) {
        List<String> content = text.isEmpty() ? List.of() : List.of(text.toString());
        return new Reasoning(Optional.of(id), Optional.of(status), List.of(), content, Optional.empty());
    }
}
