package io.quarkiverse.llm.runtime.wire.responses;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.core.JsonGenerator;

import io.quarkiverse.llm.Content;

/** The kinds of parts of messages and of reasoning, and how their events are called. */
enum PartEvents {

    TEXT("response.output_text", "output_text", "text", Place.CONTENT),
    REFUSAL("response.refusal", "refusal", "refusal", Place.CONTENT),
    REASONING_TEXT("response.reasoning_text", "reasoning_text", "text", Place.CONTENT),
    /** Reasoning text as Open Responses calls its events. */
    REASONING("response.reasoning", "reasoning_text", "text", Place.CONTENT),
    SUMMARY("response.reasoning_summary_text", "summary_text", "text", Place.SUMMARY);

    /** The list of the item that a part stands in. */
    enum Place {
        CONTENT("response.content_part", "content_index"),
        SUMMARY("response.reasoning_summary_part", "summary_index");

        final String added;
        final String done;
        final String index;

        Place(String events, String index) {
            this.added = events + ".added";
            this.done = events + ".done";
            this.index = index;
        }
    }

    final Place place;
    final String delta;
    final String done;
    final String textField;
    private final String type;

    PartEvents(String events, String type, String textField, Place place) {
        this.delta = events + ".delta";
        this.done = events + ".done";
        this.type = type;
        this.textField = textField;
        this.place = place;
    }

    /** The part as it is with this text. */
    void write(JsonGenerator json, OutputText text) throws IOException {
        json.writeStartObject();
        json.writeStringField("type", type);
        if (this == TEXT) {
            text.writeNotes(json);
        }
        json.writeStringField(textField, text.text());
        json.writeEndObject();
    }

    Content content(OutputText text) {
        return this == REFUSAL ? new Content.Refusal(text.text())
                : new Content.Text(text.text(), text.annotations(), Optional.ofNullable(text.logprobs()));
    }

    /** The part as it begins. */
    void writeEmpty(JsonGenerator json) throws IOException {
        write(json, new OutputText("", List.of(), null));
    }
}
