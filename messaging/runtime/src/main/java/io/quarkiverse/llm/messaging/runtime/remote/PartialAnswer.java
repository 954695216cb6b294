package io.quarkiverse.llm.messaging.runtime.remote;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import io.quarkiverse.llm.Content;
import io.quarkiverse.llm.FinishReason;
import io.quarkiverse.llm.Item;
import io.quarkiverse.llm.ItemStatus;
import io.quarkiverse.llm.LlmEvent;
import io.quarkiverse.llm.LlmResponse;
import io.quarkiverse.llm.Message;
import io.quarkiverse.llm.ResponseStatus;
import io.quarkiverse.llm.Role;

/** What has arrived of an answer, for a failure in its middle: whole items, and the text of those that were cut. */
final class PartialAnswer {

    private record CutText(String itemId, StringBuilder text) {

        Item item() {
            return new Message(Optional.of(itemId), Optional.of(ItemStatus.INCOMPLETE), Role.ASSISTANT,
                    List.of(Content.text(text.toString())), Optional.empty());
        }
    }

    private final Map<Integer, Item> whole = new TreeMap<>();
    private final Map<Integer, CutText> cut = new TreeMap<>();
    private LlmEvent.ResponseStarted started;

    void add(LlmEvent event) {
        if (event instanceof LlmEvent.TextDelta delta) {
            cut.computeIfAbsent(delta.outputIndex(), index -> new CutText(delta.itemId(), new StringBuilder())).text()
                    .append(delta.delta());
        } else if (event instanceof LlmEvent.ItemComplete complete) {
            cut.remove(complete.outputIndex());
            whole.put(complete.outputIndex(), complete.item());
        } else if (event instanceof LlmEvent.ResponseStarted start) {
            started = start;
        }
    }

    /** Empty when nothing has arrived. */
    Optional<LlmResponse> response() {
        if (started == null) {
            return Optional.empty();
        }
        Map<Integer, Item> items = new TreeMap<>(whole);
        cut.forEach((index, text) -> items.put(index, text.item()));
        return Optional.of(LlmResponse.builder().id(started.responseId()).model(started.model())
                .createdAt(started.createdAt()).status(ResponseStatus.INCOMPLETE).finishReason(FinishReason.OTHER)
                .items(List.copyOf(items.values())).build());
    }
}
