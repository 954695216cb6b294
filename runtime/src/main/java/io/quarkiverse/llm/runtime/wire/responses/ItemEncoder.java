package io.quarkiverse.llm.runtime.wire.responses;

import java.util.List;
import java.util.Optional;

import io.quarkiverse.llm.Content;
import io.quarkiverse.llm.Item;
import io.quarkiverse.llm.ItemStatus;
import io.quarkiverse.llm.Message;
import io.quarkiverse.llm.Reasoning;
import io.quarkiverse.llm.ToolCall;

/** An output item while it is written: from its {@code added} to its {@code done}. */
final class ItemEncoder {

    private final EventOutput out;
    private final ItemPlace place;
    private final PartEvents reasoningText;
    private final EncodedParts contents;
    private final EncodedParts summaries;
    private final Item started;
    private PartEncoder part;
    private CallEncoder call;

    /**
     * @param reasoningText the events of reasoning that is no summary
     * @param cuttable whether it may end where it is
     */
    ItemEncoder(EventOutput out, ItemPlace place, Item item, PartEvents reasoningText, boolean cuttable) {
        this.out = out;
        this.place = place;
        this.started = item;
        this.reasoningText = reasoningText;
        this.contents = new EncodedParts(out, place, item instanceof Reasoning ? reasoningText : PartEvents.TEXT);
        this.summaries = new EncodedParts(out, place, PartEvents.SUMMARY);
        out.event("response.output_item.added", json -> {
            json.writeNumberField("output_index", place.outputIndex());
            json.writeFieldName("item");
            OutputItemWriter.write(json, OutputItemWriter.empty(item), ItemStatus.IN_PROGRESS);
        });
        if (item instanceof ToolCall begun) {
            call = new CallEncoder(out, place, begun.kind(), cuttable);
        }
    }

    /** The part with that place, which begins when it is new: the one before has ended then. */
    PartEncoder part(PartEvents kind, int index) {
        if (part == null || !part.is(kind, index)) {
            endPart();
            part = parts(kind).begin(kind, index);
        }
        return part;
    }

    CallEncoder call() {
        if (call == null) {
            throw new IllegalStateException("The item " + place.id() + " has not begun as a tool call");
        }
        return call;
    }

    /** @return whether there is something to which nothing could be added */
    boolean keepAlive() {
        if (part != null) {
            part.keepAlive();
            return true;
        }
        return call != null && call.keepAlive();
    }

    /** @return the item as it was told: its parts are those of its events */
    Item done(Item item) {
        if (part != null) {
            parts(part.kind).end(part, whole(item, part));
            part = null;
        }
        Item told = completed(item);
        done(told, ItemStatus.COMPLETED);
        return told;
    }

    /**
     * Ends it with what has been told of it, where it may end so.
     *
     * @return the item, which is incomplete
     */
    Item cut() {
        endPart();
        Optional<ItemStatus> incomplete = Optional.of(ItemStatus.INCOMPLETE);
        Item told = started;
        if (started instanceof Message message) {
            told = new Message(message.id(), incomplete, message.role(), contents.contents(), message.phase());
        } else if (started instanceof Reasoning reasoning) {
            told = new Reasoning(reasoning.id(), incomplete, summaries.texts(), contents.texts(), reasoning.encryptedContent());
        } else if (started instanceof ToolCall begun) {
            ToolCall soFar = begun.toBuilder().status(ItemStatus.INCOMPLETE).arguments(call.told()).build();
            call.done(soFar);
            told = soFar;
        }
        done(told, ItemStatus.INCOMPLETE);
        return told;
    }

    private void done(Item told, ItemStatus otherwise) {
        out.event("response.output_item.done", json -> {
            json.writeNumberField("output_index", place.outputIndex());
            json.writeFieldName("item");
            OutputItemWriter.write(json, told, otherwise);
        });
    }

    private void endPart() {
        if (part != null) {
            parts(part.kind).end(part);
            part = null;
        }
    }

    /** What the item says of that part. */
    private static OutputText whole(Item item, PartEncoder part) {
        if (item instanceof Message message && part.index < message.content().size()) {
            Content content = message.content().get(part.index);
            if (content instanceof Content.Text text && part.kind == PartEvents.TEXT) {
                return OutputText.of(text);
            } else if (content instanceof Content.Refusal refusal && part.kind == PartEvents.REFUSAL) {
                return OutputText.of(refusal.refusal());
            }
        } else if (item instanceof Reasoning reasoning) {
            List<String> texts = part.kind == PartEvents.SUMMARY ? reasoning.summary() : reasoning.content();
            return OutputText.of(part.index < texts.size() ? texts.get(part.index) : "");
        }
        return OutputText.of("");
    }

    private EncodedParts parts(PartEvents kind) {
        return kind.place == PartEvents.Place.SUMMARY ? summaries : contents;
    }

    /** Tells what came in no event of its own: empty texts, and parts of types that are not known here. */
    private Item completed(Item item) {
        if (item instanceof Message message) {
            for (int i = 0; i < message.content().size(); i++) {
                completeContent(i, message.content().get(i));
            }
            return new Message(message.id(), message.status(), message.role(), contents.contents(), message.phase());
        } else if (item instanceof Reasoning reasoning) {
            completeTexts(PartEvents.SUMMARY, reasoning.summary());
            completeTexts(reasoningText, reasoning.content());
            return new Reasoning(reasoning.id(), reasoning.status(), summaries.texts(), contents.texts(),
                    reasoning.encryptedContent());
        } else if (item instanceof ToolCall whole) {
            call().done(whole);
        }
        return item;
    }

    private void completeContent(int index, Content content) {
        if (content instanceof Content.Text text) {
            contents.complete(PartEvents.TEXT, index, OutputText.of(text));
        } else if (content instanceof Content.Refusal refusal) {
            contents.complete(PartEvents.REFUSAL, index, OutputText.of(refusal.refusal()));
        } else {
            contents.complete(index, content);
        }
    }

    private void completeTexts(PartEvents kind, List<String> texts) {
        for (int i = 0; i < texts.size(); i++) {
            parts(kind).complete(kind, i, OutputText.of(texts.get(i)));
        }
    }
}
