package io.quarkiverse.llm.gateway.runtime.translation;

import io.quarkiverse.llm.LlmEvent.AnnotationAdded;
import io.quarkiverse.llm.LlmEvent.ItemComplete;
import io.quarkiverse.llm.LlmEvent.ItemStarted;
import io.quarkiverse.llm.LlmEvent.OfItem;
import io.quarkiverse.llm.LlmEvent.ReasoningDelta;
import io.quarkiverse.llm.LlmEvent.RefusalDelta;
import io.quarkiverse.llm.LlmEvent.TextDelta;
import io.quarkiverse.llm.LlmEvent.ToolCallArgumentsDelta;
import io.quarkiverse.llm.LlmEvent.ToolCallComplete;
import io.quarkiverse.llm.LlmEvent.ToolCallStart;

/** Events of items that stand elsewhere for the client than they do for the provider. */
public final class PlacedEvents {

    private PlacedEvents() {
    }

    /** The same event of an item at that place. */
    public static OfItem at(int place, OfItem event) {
        if (event instanceof TextDelta text) {
            return new TextDelta(text.itemId(), place, text.contentIndex(), text.delta(), text.logprobs());
        } else if (event instanceof ToolCallArgumentsDelta arguments) {
            return new ToolCallArgumentsDelta(arguments.itemId(), place, arguments.callId(), arguments.delta());
        } else if (event instanceof ReasoningDelta thought) {
            return new ReasoningDelta(thought.itemId(), place, thought.kind(), thought.partIndex(), thought.delta());
        } else if (event instanceof RefusalDelta refusal) {
            return new RefusalDelta(refusal.itemId(), place, refusal.contentIndex(), refusal.delta());
        } else if (event instanceof AnnotationAdded added) {
            return new AnnotationAdded(added.itemId(), place, added.contentIndex(), added.annotationIndex(),
                    added.annotation());
        } else if (event instanceof ItemStarted started) {
            return new ItemStarted(started.itemId(), place, started.item());
        } else if (event instanceof ToolCallStart start) {
            return new ToolCallStart(start.itemId(), place, start.kind(), start.namespace(), start.name(), start.callId());
        } else if (event instanceof ToolCallComplete complete) {
            return new ToolCallComplete(complete.itemId(), place, complete.call());
        } else if (event instanceof ItemComplete complete) {
            return new ItemComplete(complete.itemId(), place, complete.item());
        }
        throw new IllegalArgumentException(event + " has no place");
    }
}
