package io.quarkiverse.llm.runtime.wire.responses;

import java.util.ArrayList;
import java.util.List;

import io.quarkiverse.llm.Content;
import io.quarkiverse.llm.runtime.json.ContentWriter;

/**
 * The parts that one list of an item has on the wire: one after the other, without gaps. A part in front of the first delta
 * of a later one is empty then. A part cannot go on after it has ended, so that what comes of it later is a part of its own.
 */
final class EncodedParts {

    /** A part that has ended; {@code part} is where it belongs for subscribers. */
    private record Told(int part, PartEvents kind, Content content) {
    }

    private final EventOutput out;
    private final ItemPlace item;
    /** What a part is of which nothing is known. */
    private final PartEvents usual;
    private final List<Told> told = new ArrayList<>(1);
    /** How many of the subscribers' parts have begun. */
    private int begun;

    EncodedParts(EventOutput out, ItemPlace item, PartEvents usual) {
        this.out = out;
        this.item = item;
        this.usual = usual;
    }

    PartEncoder begin(PartEvents kind, int part) {
        while (begun < part) {
            end(new PartEncoder(out, item, usual, begun++, told.size()));
        }
        begun = Math.max(begun, part + 1);
        return new PartEncoder(out, item, kind, part, told.size());
    }

    void end(PartEncoder part) {
        told.add(new Told(part.index, part.kind, part.kind.content(part.done())));
    }

    /** Ends a part with what only its item says of it. */
    void end(PartEncoder part, OutputText whole) {
        if (said(part.kind, part.index).isEmpty()) {
            part.write(whole);
        }
        end(part);
    }

    /** Tells what of this part came in no event of its own. */
    void complete(PartEvents kind, int part, OutputText whole) {
        String said = said(kind, part);
        if (part >= begun || whole.text().startsWith(said) && said.length() < whole.text().length()) {
            PartEncoder rest = begin(kind, part);
            rest.write(said.isEmpty() ? whole : OutputText.of(whole.text().substring(said.length())));
            end(rest);
        }
    }

    /** Tells a part of a type that is not known here. */
    void complete(int part, Content other) {
        while (begun < part) {
            end(begin(usual, begun));
        }
        begun = Math.max(begun, part + 1);
        int index = told.size();
        for (String type : List.of(PartEvents.Place.CONTENT.added, PartEvents.Place.CONTENT.done)) {
            out.event(type, json -> {
                item.write(json);
                json.writeNumberField(PartEvents.Place.CONTENT.index, index);
                json.writeFieldName("part");
                ContentWriter.write(json, other);
            });
        }
        told.add(new Told(part, null, other));
    }

    private String said(PartEvents kind, int part) {
        StringBuilder said = new StringBuilder();
        for (Told each : told) {
            if (each.part == part && each.kind == kind) {
                said.append(text(each.content));
            }
        }
        return said.toString();
    }

    private static String text(Content content) {
        return content instanceof Content.Refusal refusal ? refusal.refusal() : ((Content.Text) content).text();
    }

    /** As the wire has them. */
    List<Content> contents() {
        return told.stream().map(Told::content).toList();
    }

    /** As the wire has them, when they are texts. */
    List<String> texts() {
        return told.stream().map(each -> text(each.content)).toList();
    }
}
