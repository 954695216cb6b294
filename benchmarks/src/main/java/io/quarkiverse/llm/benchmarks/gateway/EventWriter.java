package io.quarkiverse.llm.benchmarks.gateway;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;

import io.vertx.core.buffer.Buffer;

/** One generator for all streams of an event loop, which write one after the other. */
final class EventWriter extends OutputStream {

    private final JsonGenerator json;
    private Buffer target;

    EventWriter() throws IOException {
        json = new JsonFactory().createGenerator(this, JsonEncoding.UTF8).setRootValueSeparator(null);
    }

    /** What is written until {@link #done()} is appended to this. */
    JsonGenerator to(Buffer buffer) {
        target = buffer;
        return json;
    }

    void done() {
        try {
            json.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        target = null;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        target.appendBytes(bytes, offset, length);
    }

    @Override
    public void write(int one) {
        target.appendByte((byte) one);
    }
}
