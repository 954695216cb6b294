package io.quarkiverse.llm.runtime.wire.chat;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.core.io.SerializedString;

import io.quarkiverse.llm.Annotation;
import io.quarkiverse.llm.Content;
import io.quarkiverse.llm.Item;
import io.quarkiverse.llm.ItemStatus;
import io.quarkiverse.llm.LlmEvent.AnnotationAdded;
import io.quarkiverse.llm.LlmEvent.OfItem;
import io.quarkiverse.llm.LlmEvent.ReasoningDelta;
import io.quarkiverse.llm.LlmEvent.RefusalDelta;
import io.quarkiverse.llm.LlmEvent.TextDelta;
import io.quarkiverse.llm.LlmEvent.ToolCallArgumentsDelta;
import io.quarkiverse.llm.LlmEvent.ToolCallComplete;
import io.quarkiverse.llm.LlmEvent.ToolCallStart;
import io.quarkiverse.llm.Message;
import io.quarkiverse.llm.RawJson;
import io.quarkiverse.llm.Reasoning;
import io.quarkiverse.llm.ToolCall;
import io.quarkiverse.llm.runtime.config.preset.ReasoningField;

/**
 * Writes the items of an answer as the deltas of its one choice. Chat Completions knows no items: the text of several messages
 * goes on, and calls are told apart by their number.
 */
final class ChoiceEncoder {

    private final ChunkOutput out;
    private final SerializedString contentHead;
    private final SerializedString refusalHead;
    /** {@code null} when the reasoning is not shown. */
    private final SerializedString reasoningHead;
    private final ShownReasoning shown = new ShownReasoning();
    /** By their places among the items; {@code null} for what is no call. */
    private final List<CallChunks> calls = new ArrayList<>();
    private int callCount;
    /** The places of the items of which something has been told. */
    private final BitSet told = new BitSet();

    ChoiceEncoder(ChunkOutput out, ReasoningField reasoning) {
        this.out = out;
        this.contentHead = out.head("\"content\":");
        this.refusalHead = out.head("\"refusal\":");
        this.reasoningHead = reasoning == ReasoningField.NONE ? null : out.head("\"" + reasoning.wireName() + "\":");
    }

    void accept(OfItem event) {
        if (event instanceof TextDelta delta) {
            text(delta.outputIndex(), delta.delta(), delta.logprobs());
        } else if (event instanceof ToolCallArgumentsDelta delta) {
            call(event).delta(delta.delta());
        } else if (event instanceof ReasoningDelta delta) {
            reasoning(delta);
        } else if (event instanceof RefusalDelta delta) {
            refusal(delta.outputIndex(), delta.delta());
        } else if (event instanceof AnnotationAdded added) {
            annotation(added.outputIndex(), added.annotation());
        } else if (event instanceof ToolCallStart start) {
            begin(start.outputIndex(), start.kind(), start.name(), start.callId());
        } else if (event instanceof ToolCallComplete complete) {
            call(event).whole(complete.call().arguments());
        }
    }

    /** What an item says that no event has told before. */
    void whole(int index, Item item) {
        if (told.get(index)) {
            return;
        }
        if (item instanceof Message message) {
            message.content().forEach(part -> part(index, part));
        } else if (item instanceof Reasoning reasoning) {
            parts(index, reasoning);
        } else if (item instanceof ToolCall call && !call.status().equals(Optional.of(ItemStatus.INCOMPLETE))) {
            begin(index, call.kind(), call.name(), call.callId()).whole(call.arguments());
        }
        told.set(index);
    }

    private void part(int index, Content part) {
        if (part instanceof Content.Text text) {
            text(index, text.text(), text.logprobs());
            text.annotations().forEach(annotation -> annotation(index, annotation));
        } else if (part instanceof Content.Refusal refusal) {
            refusal(index, refusal.refusal());
        }
    }

    private void parts(int index, Reasoning reasoning) {
        List<String> texts = ShownReasoning.parts(reasoning);
        for (int i = 0; i < texts.size(); i++) {
            reasoning(new ReasoningDelta("", index, ReasoningDelta.Kind.TEXT, i, texts.get(i)));
        }
    }

    private void text(int index, String text, Optional<RawJson> logprobs) {
        told.set(index);
        if (logprobs.isPresent()) {
            out.delta(json -> json.writeStringField("content", text), logprobs);
        } else if (!text.isEmpty()) {
            out.text(contentHead, text, out.tail());
        }
    }

    private void refusal(int index, String text) {
        told.set(index);
        if (!text.isEmpty()) {
            out.text(refusalHead, text, out.tail());
        }
    }

    private void reasoning(ReasoningDelta delta) {
        told.set(delta.outputIndex());
        String text = reasoningHead == null ? null : shown.next(delta);
        if (text != null) {
            out.text(reasoningHead, text, out.tail());
        }
    }

    private void annotation(int index, Annotation annotation) {
        told.set(index);
        if (ShownAnnotation.isShown(annotation)) {
            out.delta(json -> {
                json.writeArrayFieldStart("annotations");
                ShownAnnotation.write(annotation, json);
                json.writeEndArray();
            });
        }
    }

    private CallChunks begin(int index, ToolCall.Kind kind, String name, String callId) {
        told.set(index);
        while (calls.size() <= index) {
            calls.add(null);
        }
        CallChunks call = new CallChunks(out, callCount++, kind, name, callId);
        calls.set(index, call);
        return call;
    }

    private CallChunks call(OfItem event) {
        int index = event.outputIndex();
        CallChunks call = index >= 0 && index < calls.size() ? calls.get(index) : null;
        if (call == null) {
            throw new IllegalStateException("The item " + event.itemId() + " has not begun as a tool call");
        }
        return call;
    }
}
