package io.quarkiverse.llm.runtime.wire.responses;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.quarkiverse.llm.LlmEvent;
import io.quarkiverse.llm.OpaqueItem;

/**
 * Hands nothing on before there is content, or the end: servers announce a response, and items, and then fail, and whatever
 * is tried a second time is tried before the application has seen anything. Of a server that sends more and more without
 * content what is held is handed on all the same, so that it does not fill the memory.
 */
final class HeldBackEvents {

    /** Far more than servers announce. */
    private static final int MOST_HELD = 256;

    private final Consumer<LlmEvent> events;
    private final Supplier<LlmEvent.ResponseStarted> start;
    /** {@code null} when content has come. */
    private List<LlmEvent> held = new ArrayList<>();

    HeldBackEvents(Consumer<LlmEvent> events, Supplier<LlmEvent.ResponseStarted> start) {
        this.events = events;
        this.start = start;
    }

    void emit(LlmEvent event) {
        if (held == null) {
            events.accept(event);
            return;
        }
        held.add(event);
        if (isContent(event) || held.size() > MOST_HELD) {
            release();
        }
    }

    private void release() {
        List<LlmEvent> first = held;
        LlmEvent.ResponseStarted started = start.get();
        held = null;
        events.accept(started);
        first.forEach(events);
    }

    /** A hosted tool is at work when its call begins; of everything else the beginning is empty. */
    private static boolean isContent(LlmEvent event) {
        if (event instanceof LlmEvent.ItemStarted started) {
            return started.item() instanceof OpaqueItem;
        }
        return !(event instanceof LlmEvent.UnknownEvent);
    }

    boolean areReleased() {
        return held == null;
    }
}
