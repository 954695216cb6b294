package io.quarkiverse.llm.runtime.wire.responses;

import java.util.List;

import io.quarkiverse.llm.Content;
import io.quarkiverse.llm.Item;
import io.quarkiverse.llm.ItemStatus;
import io.quarkiverse.llm.Message;
import io.quarkiverse.llm.Reasoning;
import io.quarkiverse.llm.ToolCall;
import io.quarkiverse.llm.runtime.json.ContentWriter;

/** An output item while it is written: from its {@code added} to its {@code done}. */
final class ItemEncoder {

    private final EventOutput out;
    private final ItemPlace place;
    private PartEncoder part;
    private CallEncoder call;
    /** How many parts have begun. */
    private int contents;
    private int summaries;

    ItemEncoder(EventOutput out, ItemPlace place, Item item) {
        this.out = out;
        this.place = place;
        out.event("response.output_item.added", json -> {
            json.writeNumberField("output_index", place.outputIndex());
            json.writeFieldName("item");
            OutputItemWriter.write(json, OutputItemWriter.empty(item), ItemStatus.IN_PROGRESS);
        });
        if (item instanceof ToolCall started) {
            call = new CallEncoder(out, place, started.kind());
        }
    }

    /** The part with that place, which begins when it is new: the one before has ended then. */
    PartEncoder part(PartEvents kind, int index) {
        if (part == null || !part.is(kind, index)) {
            endPart();
            part = begin(kind, index);
        }
        return part;
    }

    CallEncoder call() {
        if (call == null) {
            throw new IllegalStateException("The item " + place.id() + " has not begun as a tool call");
        }
        return call;
    }

    void done(Item item) {
        endPart();
        if (item instanceof Message message) {
            addContents(message.content());
        } else if (item instanceof Reasoning reasoning) {
            addTexts(PartEvents.SUMMARY, reasoning.summary(), summaries);
            addTexts(PartEvents.REASONING_TEXT, reasoning.content(), contents);
        } else if (item instanceof ToolCall whole) {
            call().done(whole);
        }
        out.event("response.output_item.done", json -> {
            json.writeNumberField("output_index", place.outputIndex());
            json.writeFieldName("item");
            OutputItemWriter.write(json, item, ItemStatus.COMPLETED);
        });
    }

    private PartEncoder begin(PartEvents kind, int index) {
        if (kind.place == PartEvents.Place.SUMMARY) {
            summaries = index + 1;
        } else {
            contents = index + 1;
        }
        return new PartEncoder(out, place, kind, index);
    }

    private void endPart() {
        if (part != null) {
            part.done();
            part = null;
        }
    }

    /** What came in no event of its own: empty texts, and parts of types that are not known here. */
    private void addContents(List<Content> parts) {
        for (int i = contents; i < parts.size(); i++) {
            if (parts.get(i) instanceof Content.Text text) {
                begin(PartEvents.TEXT, i).whole(OutputText.of(text));
            } else if (parts.get(i) instanceof Content.Refusal refusal) {
                begin(PartEvents.REFUSAL, i).whole(OutputText.of(refusal.refusal()));
            } else {
                addOther(i, parts.get(i));
            }
        }
    }

    private void addTexts(PartEvents kind, List<String> texts, int from) {
        for (int i = from; i < texts.size(); i++) {
            begin(kind, i).whole(OutputText.of(texts.get(i)));
        }
    }

    private void addOther(int index, Content other) {
        for (String type : List.of(PartEvents.Place.CONTENT.added, PartEvents.Place.CONTENT.done)) {
            out.event(type, json -> {
                place.write(json);
                json.writeNumberField(PartEvents.Place.CONTENT.index, index);
                json.writeFieldName("part");
                ContentWriter.write(json, other);
            });
        }
    }
}
