package io.quarkiverse.llm;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * What a subscriber of {@link LlmProvider#stream(LlmRequest)} sees of a response as it comes.
 * <p>
 * The order is the same whatever the server does: {@link ResponseStarted} once and first, then items, each from its
 * {@link ItemStarted} to its {@link ItemComplete}, then {@link ResponseCompleted} once and last. Items may overlap
 * (parallel tool calls); {@code itemId} and {@code outputIndex} tell whose an event is.
 */
public sealed interface LlmEvent {

    /** An event that belongs to one item of the response. */
    sealed interface OfItem extends LlmEvent {

        /** The item's id, the server's or one made up; the same in all events of the item. */
        String itemId();

        /** The item's place in {@link LlmResponse#output()}. */
        int outputIndex();
    }

    /** The first event. It comes together with the first event that has content, so that a failure before has no event. */
    record ResponseStarted(String responseId, String model, Instant createdAt) implements LlmEvent {

        public ResponseStarted {
            Objects.requireNonNull(responseId, "responseId");
            Objects.requireNonNull(model, "model");
            Objects.requireNonNull(createdAt, "createdAt");
        }
    }

    /**
     * An item begins.
     *
     * @param item as far as it is known: empty of content
     */
    record ItemStarted(String itemId, int outputIndex, Item item) implements OfItem {

        public ItemStarted {
            Objects.requireNonNull(itemId, "itemId");
            Objects.requireNonNull(item, "item");
        }
    }

    /**
     * The next piece of a message's text.
     *
     * @param contentIndex the part's place in the message
     * @param logprobs of the tokens of this delta as the server sent them, when they were asked for
     */
    record TextDelta(String itemId, int outputIndex, int contentIndex, String delta,
            Optional<RawJson> logprobs) implements OfItem {

        public TextDelta {
            Objects.requireNonNull(itemId, "itemId");
            Objects.requireNonNull(delta, "delta");
            Objects.requireNonNull(logprobs, "logprobs");
        }
    }

    /**
     * The next piece of what the model thinks.
     *
     * @param kind what of the reasoning this is
     * @param partIndex the part's place in {@link Reasoning#summary()} or {@link Reasoning#content()}
     */
    record ReasoningDelta(String itemId, int outputIndex, Kind kind, int partIndex, String delta) implements OfItem {

        public ReasoningDelta {
            Objects.requireNonNull(itemId, "itemId");
            Objects.requireNonNull(kind, "kind");
            Objects.requireNonNull(delta, "delta");
        }

        /** What a delta of reasoning is part of. */
        public enum Kind {
            /** A summary, for people to read. */
            SUMMARY,
            /** The reasoning itself. */
            TEXT
        }
    }

    /**
     * The next piece of the model's words for not answering.
     *
     * @param contentIndex the part's place in the message
     */
    record RefusalDelta(String itemId, int outputIndex, int contentIndex, String delta) implements OfItem {

        public RefusalDelta {
            Objects.requireNonNull(itemId, "itemId");
            Objects.requireNonNull(delta, "delta");
        }
    }

    /**
     * The server says something of a stretch of the text so far.
     *
     * @param contentIndex the part's place in the message
     * @param annotationIndex the annotation's place in the part
     */
    record AnnotationAdded(String itemId, int outputIndex, int contentIndex, int annotationIndex,
            Annotation annotation) implements OfItem {

        public AnnotationAdded {
            Objects.requireNonNull(itemId, "itemId");
            Objects.requireNonNull(annotation, "annotation");
        }
    }

    /**
     * The model begins a tool call; its name and call id are known, its arguments follow.
     */
    record ToolCallStart(String itemId, int outputIndex, ToolCall.Kind kind, Optional<String> namespace, String name,
            String callId) implements OfItem {

        public ToolCallStart {
            Objects.requireNonNull(itemId, "itemId");
            Objects.requireNonNull(kind, "kind");
            Objects.requireNonNull(namespace, "namespace");
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(callId, "callId");
        }
    }

    /** The next piece of the arguments, between {@link ToolCallStart} and {@link ToolCallComplete} of the same call. */
    record ToolCallArgumentsDelta(String itemId, int outputIndex, String callId, String delta) implements OfItem {

        public ToolCallArgumentsDelta {
            Objects.requireNonNull(itemId, "itemId");
            Objects.requireNonNull(callId, "callId");
            Objects.requireNonNull(delta, "delta");
        }
    }

    /**
     * The call is whole and may be executed. A call that was cut, or whose arguments are no JSON, gets none.
     *
     * @param call with the full arguments: the deltas, joined
     */
    record ToolCallComplete(String itemId, int outputIndex, ToolCall call) implements OfItem {

        public ToolCallComplete {
            Objects.requireNonNull(itemId, "itemId");
            Objects.requireNonNull(call, "call");
        }
    }

    /**
     * An item has ended.
     *
     * @param item whole, as it will stand in {@link LlmResponse#output()}
     */
    record ItemComplete(String itemId, int outputIndex, Item item) implements OfItem {

        public ItemComplete {
            Objects.requireNonNull(itemId, "itemId");
            Objects.requireNonNull(item, "item");
        }
    }

    /**
     * The answer as a value of the type that was asked for. Only {@link LlmProvider#parseStream(LlmRequest, Class)} has it,
     * right before {@link ResponseCompleted}.
     */
    record ResponseParsed<T>(T value) implements LlmEvent {

        public ResponseParsed {
            Objects.requireNonNull(value, "value");
        }
    }

    /** The last event; the stream completes after it. */
    record ResponseCompleted(LlmResponse response) implements LlmEvent {

        public ResponseCompleted {
            Objects.requireNonNull(response, "response");
        }
    }

    /**
     * Something the server sent that has no event of its own here.
     *
     * @param type what the server calls it
     * @param json all of it
     */
    record UnknownEvent(String type, RawJson json) implements LlmEvent {

        public UnknownEvent {
            Objects.requireNonNull(type, "type");
            Objects.requireNonNull(json, "json");
        }
    }
}
