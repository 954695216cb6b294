package io.quarkiverse.llm.runtime.wire.responses;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

import io.quarkiverse.llm.LlmEvent;
import io.quarkiverse.llm.LlmEvent.ItemComplete;
import io.quarkiverse.llm.LlmEvent.OfItem;
import io.quarkiverse.llm.LlmEvent.UnknownEvent;
import io.quarkiverse.llm.runtime.json.JsonShapeException;
import io.quarkiverse.llm.runtime.json.JsonValue;

/**
 * Hands events on so that no item begins before the one in front of it has ended, as OpenAI's servers send them and some
 * clients need it. What comes of a later item waits. The places of the items stay as they are.
 */
public final class SequentialItems implements Consumer<LlmEvent> {

    private final Consumer<LlmEvent> events;
    /** Of each item behind the one that is handed on, in order. */
    private final Deque<List<LlmEvent>> waiting = new ArrayDeque<>();
    /** The place of the item that is handed on. */
    private int current;

    public SequentialItems(Consumer<LlmEvent> events) {
        this.events = events;
    }

    @Override
    public void accept(LlmEvent event) {
        int place = event instanceof OfItem ofItem ? ofItem.outputIndex() : place(event);
        if (place <= current) {
            handOn(event);
        } else {
            while (waiting.size() < place - current) {
                waiting.add(new ArrayList<>());
            }
            ofPlace(place).add(event);
        }
    }

    private void handOn(LlmEvent event) {
        events.accept(event);
        if (event instanceof ItemComplete) {
            current++;
            if (!waiting.isEmpty()) {
                waiting.poll().forEach(this::handOn);
            }
        }
    }

    private List<LlmEvent> ofPlace(int place) {
        return waiting.stream().skip(place - current - 1L).findFirst().orElseThrow();
    }

    /** The events of hosted tools belong to items, too, though only they themselves say so. */
    private int place(LlmEvent event) {
        if (waiting.isEmpty() || !(event instanceof UnknownEvent unknown)) {
            return current;
        }
        try {
            JsonValue json = JsonValue.of(unknown.json().text());
            int place = json.isObject() ? json.object().integer("output_index").orElse(current) : current;
            return place <= current + waiting.size() ? place : current;
        } catch (JsonShapeException e) {
            return current;
        }
    }
}
