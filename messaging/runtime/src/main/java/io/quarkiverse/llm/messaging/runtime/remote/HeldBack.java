package io.quarkiverse.llm.messaging.runtime.remote;

import java.util.ArrayList;
import java.util.List;

import io.quarkiverse.llm.LlmEvent;
import io.quarkiverse.llm.OpaqueItem;

/** The events of an attempt before its first content: until then nobody has seen anything of it. */
final class HeldBack {

    /** Far more than servers announce. */
    private static final int MOST = 256;

    private final List<LlmEvent> events = new ArrayList<>(4);

    /** Whether all that is held back may go now, with this event as the last. */
    boolean add(LlmEvent event) {
        if (event instanceof LlmEvent.ResponseStarted && !events.isEmpty()) {
            return false;
        }
        events.add(event);
        return isContent(event) || events.size() > MOST;
    }

    List<LlmEvent> release() {
        List<LlmEvent> released = List.copyOf(events);
        events.clear();
        return released;
    }

    /** A hosted tool is at work when its call begins; of everything else the beginning is empty. */
    private static boolean isContent(LlmEvent event) {
        if (event instanceof LlmEvent.ItemStarted started) {
            return started.item() instanceof OpaqueItem;
        }
        return !(event instanceof LlmEvent.ResponseStarted || event instanceof LlmEvent.UnknownEvent);
    }
}
