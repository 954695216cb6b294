package io.quarkiverse.llm.runtime.wire.chat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.quarkiverse.llm.Annotation;
import io.quarkiverse.llm.Content;
import io.quarkiverse.llm.ItemStatus;
import io.quarkiverse.llm.Message;
import io.quarkiverse.llm.RawJson;
import io.quarkiverse.llm.Role;
import io.quarkiverse.llm.runtime.wire.Ids;
import io.quarkiverse.llm.runtime.wire.Logprobs;

/** An assistant's message while it arrives: text and refusals, a part for each stretch of one kind. */
final class MessageInProgress extends ItemInProgress {

    private final List<Content> closedParts = new ArrayList<>();
    private final StringBuilder part = new StringBuilder();
    private final List<Annotation> annotations = new ArrayList<>();
    private final List<RawJson> logprobs = new ArrayList<>();
    private boolean refusing;

    MessageInProgress() {
        super(Ids.made("msg"));
    }

    /** @return the index of the part it belongs to */
    int text(String delta, RawJson logprobsOfDelta) {
        switchTo(false);
        part.append(delta);
        if (logprobsOfDelta != null) {
            logprobs.add(logprobsOfDelta);
        }
        return closedParts.size();
    }

    /** @return the index of the part it belongs to */
    int refusal(String delta) {
        switchTo(true);
        part.append(delta);
        return closedParts.size();
    }

    /** @return the index of the annotation in its part */
    int annotation(Annotation annotation) {
        switchTo(false);
        annotations.add(annotation);
        return annotations.size() - 1;
    }

    int contentIndex() {
        return closedParts.size();
    }

    private void switchTo(boolean refusal) {
        if (refusing != refusal) {
            currentPart().ifPresent(closedParts::add);
            part.setLength(0);
            annotations.clear();
            logprobs.clear();
            refusing = refusal;
        }
    }

    private Optional<Content> currentPart() {
        if (part.isEmpty() && annotations.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(refusing ? new Content.Refusal(part.toString())
                : new Content.Text(part.toString(), annotations, Logprobs.join(logprobs)));
    }

    @Override
    Message snapshot(ItemStatus status) {
        List<Content> parts = new ArrayList<>(closedParts);
        currentPart().ifPresent(parts::add);
        return new Message(Optional.of(id), Optional.of(status), Role.ASSISTANT, parts, Optional.empty());
    }
}
