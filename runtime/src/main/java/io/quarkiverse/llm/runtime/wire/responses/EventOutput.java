package io.quarkiverse.llm.runtime.wire.responses;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;

import io.quarkiverse.llm.runtime.wire.WireEventSink;

/** Numbers events and writes them, all with one generator into one buffer. */
final class EventOutput {

    /** One after the other, with nothing between them. */
    private static final JsonFactory JSON = new JsonFactoryBuilder().rootValueSeparator((String) null).build();

    private final WireEventSink sink;
    private final Line line = new Line();
    private final JsonGenerator json;
    private int sequenceNumber;

    EventOutput(WireEventSink sink) {
        this.sink = sink;
        try {
            this.json = JSON.createGenerator(line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
            json.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        line.joinLines();
        send(type);
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
            json.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        send(type);
    }

    private void send(String type) {
        try {
            sink.event(type, line.array(), 0, line.size());
        } finally {
            line.reset();
        }
    }

    private static final class Line extends ByteArrayOutputStream {

        private static final int SMALL = 1024;
        /** Encrypted reasoning is long; what comes after it is not. */
        private static final int LARGE = 1 << 16;

        Line() {
            super(SMALL);
        }

        byte[] array() {
            return buf;
        }

        /** Strings have no line ends in JSON: those that are there stand between the tokens of what was taken over as text. */
        void joinLines() {
            for (int i = 0; i < count; i++) {
                if (buf[i] == '\n' || buf[i] == '\r') {
                    buf[i] = ' ';
                }
            }
        }

        @Override
        public void reset() {
            super.reset();
            buf = buf.length > LARGE ? new byte[SMALL] : buf;
        }
    }
}
