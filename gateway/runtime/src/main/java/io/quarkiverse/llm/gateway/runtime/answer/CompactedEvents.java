package io.quarkiverse.llm.gateway.runtime.answer;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import io.quarkiverse.llm.Item;
import io.quarkiverse.llm.LlmEvent;
import io.quarkiverse.llm.LlmEvent.ItemComplete;
import io.quarkiverse.llm.LlmEvent.ItemStarted;
import io.quarkiverse.llm.LlmEvent.OfItem;
import io.quarkiverse.llm.LlmEvent.ResponseCompleted;
import io.quarkiverse.llm.LlmEvent.ResponseStarted;
import io.quarkiverse.llm.LlmEvent.UnknownEvent;
import io.quarkiverse.llm.LlmResponse;
import io.quarkiverse.llm.OpaqueItem;
import io.quarkiverse.llm.RawJson;
import io.quarkiverse.llm.gateway.runtime.translation.PlacedEvents;
import io.quarkiverse.llm.runtime.json.JsonShapeException;
import io.quarkiverse.llm.runtime.json.JsonText;
import io.quarkiverse.llm.runtime.json.JsonValue;

/**
 * An answer whose first item is the compaction: all others come one place later. In the events it comes right before the first
 * of the others, so that a failure before that has none. For one answer.
 */
final class CompactedEvents {

    private static final String PLACE = "output_index";

    private final OpaqueItem item;
    private final Summary summary;
    private boolean told;

    CompactedEvents(OpaqueItem item, Summary summary) {
        this.item = item;
        this.summary = summary;
    }

    LlmResponse of(LlmResponse response) {
        List<Item> output = new ArrayList<>(response.output().size() + 1);
        output.add(item);
        output.addAll(response.output());
        return response.toBuilder().output(output).usage(summary.plus(response.usage()).orElse(null)).build();
    }

    void accept(LlmEvent event, Consumer<? super LlmEvent> next) {
        if (!told && !(event instanceof ResponseStarted)) {
            told = true;
            String id = item.id().orElseThrow();
            next.accept(new ItemStarted(id, 0, item));
            next.accept(new ItemComplete(id, 0, item));
        }
        if (event instanceof OfItem ofItem) {
            next.accept(PlacedEvents.at(ofItem.outputIndex() + 1, ofItem));
        } else if (event instanceof ResponseCompleted completed) {
            next.accept(new ResponseCompleted(of(completed.response())));
        } else {
            next.accept(event instanceof UnknownEvent unknown ? later(unknown) : event);
        }
    }

    /** Events of hosted tools say their place themselves. */
    private static UnknownEvent later(UnknownEvent event) {
        try {
            JsonValue json = JsonValue.of(event.json().text());
            if (!json.isObject() || json.object().integer(PLACE).isEmpty()) {
                return event;
            }
            int place = json.object().integer(PLACE).get();
            Map<String, RawJson> fields = new LinkedHashMap<>();
            json.object().toMap().forEach((name, value) -> fields.put(name, value.raw()));
            fields.put(PLACE, RawJson.verbatim(String.valueOf(place + 1)));
            return new UnknownEvent(event.type(), JsonText.object(fields));
        } catch (JsonShapeException e) {
            return event;
        }
    }
}
