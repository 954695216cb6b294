package io.quarkiverse.llm.runtime.wire;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;

/** Writes events, each as one line of JSON, all with one generator into one buffer. For one thread at a time. */
public final class EventLine {

    /** One after the other, with nothing between them. */
    private static final JsonFactory JSON = new JsonFactoryBuilder().rootValueSeparator((String) null).build();

    private final WireEventSink sink;
    private final Line line = new Line();
    private final JsonGenerator json;

    public EventLine(WireEventSink sink) {
        this.sink = sink;
        try {
            this.json = JSON.createGenerator(line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the next event is written with. */
    public JsonGenerator json() {
        return json;
    }

    /** Hands on what was written since the last event; nothing in it may have been taken over as text. */
    public void send(String type) throws IOException {
        json.flush();
        try {
            sink.event(type, line.array(), 0, line.size());
        } finally {
            line.reset();
        }
    }

    /** As {@link #send(String)}, of what may be on several lines. */
    public void sendJoined(String type) throws IOException {
        json.flush();
        line.joinLines();
        send(type);
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
