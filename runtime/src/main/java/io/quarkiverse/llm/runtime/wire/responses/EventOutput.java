package io.quarkiverse.llm.runtime.wire.responses;

import java.io.IOException;
import java.io.UncheckedIOException;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;

import io.quarkiverse.llm.runtime.wire.EventLine;
import io.quarkiverse.llm.runtime.wire.WireEventSink;

/** Numbers events and writes them. */
final class EventOutput {

    private final EventLine line;
    private final JsonGenerator json;
    private int sequenceNumber;

    EventOutput(WireEventSink sink) {
        this.line = new EventLine(sink);
        this.json = line.json();
    }

    /** Writes the fields of an event besides its type and its number. */
    @FunctionalInterface
    interface Fields {
        void write(JsonGenerator json) throws IOException;
    }

    void event(String type, Fields fields) {
        try {
            json.writeStartObject();
            json.writeStringField("type", type);
            json.writeNumberField("sequence_number", sequenceNumber++);
            fields.write(json);
            json.writeEndObject();
            line.sendJoined(type);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * An event of which only number and text are new.
     *
     * @param head all up to the number
     * @param middle what is between the number and the text
     */
    void delta(String type, SerializableString head, SerializableString middle, String text) {
        try {
            json.writeRaw(head);
            json.writeNumber(sequenceNumber++);
            json.writeRaw(middle);
            json.writeString(text);
            json.writeRaw('}');
            line.send(type);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
