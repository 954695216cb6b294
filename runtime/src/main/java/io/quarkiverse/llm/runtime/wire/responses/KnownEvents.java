package io.quarkiverse.llm.runtime.wire.responses;

import java.util.function.Consumer;

import io.quarkiverse.llm.LlmEvent;
import io.quarkiverse.llm.LlmEvent.UnknownEvent;
import io.quarkiverse.llm.runtime.json.JsonShapeException;
import io.quarkiverse.llm.runtime.json.JsonValue;

/**
 * Keeps back what a server says that no client need know: official clients throw at a type of event that is new to them. The
 * events of hosted tools belong to an item and pass.
 */
record KnownEvents(Consumer<LlmEvent> events) implements Consumer<LlmEvent> {

    @Override
    public void accept(LlmEvent event) {
        if (!(event instanceof UnknownEvent unknown) || isOfItem(unknown)) {
            events.accept(event);
        }
    }

    private static boolean isOfItem(UnknownEvent event) {
        if (!event.type().startsWith("response.")) {
            return false;
        }
        try {
            JsonValue json = JsonValue.of(event.json().text());
            return json.isObject() && json.object().integer("output_index").isPresent();
        } catch (JsonShapeException e) {
            return false;
        }
    }
}
