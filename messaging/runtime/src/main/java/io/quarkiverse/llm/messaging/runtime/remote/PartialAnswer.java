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

/**
 * What has arrived of an answer, for a failure in its middle: whole items, and the text of those that were cut. Of more than
 * may be kept, nothing is: a part of it would pass for all that had arrived.
 */
final class PartialAnswer {

    /** About what a text takes besides its characters. */
    private static final int PLACE = 100;

    private record CutText(String itemId, StringBuilder text) {

        long size() {
            return PLACE + itemId.length() + text.length();
        }

        Item item() {
            return new Message(Optional.of(itemId), Optional.of(ItemStatus.INCOMPLETE), Role.ASSISTANT,
                    List.of(Content.text(text.toString())), Optional.empty());
        }
    }

    private final Map<Integer, Item> whole = new TreeMap<>();
    private final Map<Integer, CutText> cut = new TreeMap<>();
    private final long most;
    private long size;
    private boolean tooLarge;
    private LlmEvent.ResponseStarted started;

    /**
     * @param most how much is kept: characters of texts that were cut, bytes of whole items
     */
    PartialAnswer(long most) {
        this.most = most;
    }

    /**
     * @param bytes of the event as it came
     */
    void add(LlmEvent event, int bytes) {
        if (tooLarge) {
            return;
        }
        if (event instanceof LlmEvent.TextDelta delta) {
            add(delta);
        } else if (event instanceof LlmEvent.ItemComplete complete) {
            CutText replaced = cut.remove(complete.outputIndex());
            size += bytes - (replaced == null ? 0 : replaced.size());
            whole.put(complete.outputIndex(), complete.item());
        } else if (event instanceof LlmEvent.ResponseStarted start) {
            started = start;
        }
        if (size > most) {
            tooLarge = true;
            whole.clear();
            cut.clear();
        }
    }

    private void add(LlmEvent.TextDelta delta) {
        CutText text = cut.get(delta.outputIndex());
        if (text == null) {
            text = new CutText(delta.itemId(), new StringBuilder());
            cut.put(delta.outputIndex(), text);
            size += text.size();
        }
        text.text().append(delta.delta());
        size += delta.delta().length();
    }

    /** Empty when nothing has arrived, or more than may be kept. */
    Optional<LlmResponse> response() {
        if (started == null || tooLarge) {
            return Optional.empty();
        }
        Map<Integer, Item> items = new TreeMap<>(whole);
        cut.forEach((index, text) -> items.put(index, text.item()));
        return Optional.of(LlmResponse.builder().id(started.responseId()).model(started.model())
                .createdAt(started.createdAt()).status(ResponseStatus.INCOMPLETE).finishReason(FinishReason.OTHER)
                .items(List.copyOf(items.values())).build());
    }
}
