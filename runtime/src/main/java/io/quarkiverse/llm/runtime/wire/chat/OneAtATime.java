package io.quarkiverse.llm.runtime.wire.chat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

import io.quarkiverse.llm.Item;
import io.quarkiverse.llm.LlmEvent;
import io.quarkiverse.llm.LlmEvent.ItemComplete;
import io.quarkiverse.llm.LlmEvent.ItemStarted;
import io.quarkiverse.llm.LlmEvent.OfItem;
import io.quarkiverse.llm.LlmEvent.ResponseCompleted;

/**
 * Hands on the events of one item of a type at a time, in the order in which they began: Chat Completions has one text, which
 * the words of two messages would garble. What comes of a later one waits until those before it have ended.
 */
final class OneAtATime implements Consumer<LlmEvent> {

    private final Class<? extends Item> type;
    private final Consumer<LlmEvent> events;
    /** The first of them is handed on. */
    private final Deque<Open> open = new ArrayDeque<>();

    /**
     * @param type of the items; all others pass
     */
    OneAtATime(Class<? extends Item> type, Consumer<LlmEvent> events) {
        this.type = type;
        this.events = events;
    }

    private record Open(int index, List<LlmEvent> waiting) {

        boolean isOver() {
            return !waiting.isEmpty() && waiting.get(waiting.size() - 1) instanceof ItemComplete;
        }
    }

    @Override
    public void accept(LlmEvent event) {
        if (event instanceof ItemStarted started && type.isInstance(started.item())) {
            open.add(new Open(started.outputIndex(), new ArrayList<>(0)));
        } else if (event instanceof ResponseCompleted) {
            while (!open.isEmpty()) {
                next();
            }
        }
        Open waiting = open.size() > 1 && event instanceof OfItem ofItem ? waiting(ofItem.outputIndex()) : null;
        if (waiting != null) {
            waiting.waiting.add(event);
            return;
        }
        events.accept(event);
        if (event instanceof ItemComplete complete && !open.isEmpty() && open.peek().index == complete.outputIndex()) {
            do {
                next();
            } while (!open.isEmpty() && open.peek().isOver());
        }
    }

    /** The first one has ended: what the next one has said so far is handed on. */
    private void next() {
        open.remove();
        if (!open.isEmpty()) {
            open.peek().waiting.forEach(events);
        }
    }

    /** {@code null} when it is the first one, or none of them. */
    private Open waiting(int index) {
        return open.stream().skip(1).filter(item -> item.index == index).findFirst().orElse(null);
    }
}
