package io.quarkiverse.llm.benchmarks.gateway;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.util.Arrays;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpServerResponse;

/** One stream: reads lines of server-sent events and writes what they become, once for each turn of the event loop. */
final class BareStream {

    private static final byte[] DATA = "data: ".getBytes(US_ASCII);
    private static final byte[] DONE = "[DONE]".getBytes(US_ASCII);
    private static final byte[] NOTHING = new byte[0];
    private static final int FIRST_SIZE = 1024;

    private final BareTranslator loop;
    private final EventWriter writer;
    private final HttpClientResponse upstream;
    private final HttpServerResponse response;
    private final BareEvents events;
    /** The beginning of a line whose end has not come yet. */
    private byte[] rest = NOTHING;
    private Buffer pending;
    private boolean whole;

    BareStream(BareTranslator loop, EventWriter writer, HttpClientResponse upstream, HttpServerResponse response,
            String model) {
        this.loop = loop;
        this.writer = writer;
        this.upstream = upstream;
        this.response = response;
        this.events = new BareEvents(model);
    }

    void start() {
        upstream.handler(this::read).endHandler(end -> end()).exceptionHandler(failure -> {
            if (!response.closed()) {
                end();
            }
        });
        write(events::begin);
    }

    private void read(Buffer buffer) {
        write(() -> {
            byte[] bytes = new byte[rest.length + buffer.length()];
            System.arraycopy(rest, 0, bytes, 0, rest.length);
            buffer.getBytes(bytes, rest.length);
            int begin = 0;
            for (int i = rest.length; i < bytes.length; i++) {
                if (bytes[i] == '\n') {
                    line(bytes, begin, i);
                    begin = i + 1;
                }
            }
            rest = begin == bytes.length ? NOTHING : Arrays.copyOfRange(bytes, begin, bytes.length);
        });
    }

    private void line(byte[] bytes, int begin, int end) throws IOException {
        int to = end > begin && bytes[end - 1] == '\r' ? end - 1 : end;
        if (!startsWith(bytes, begin, to, DATA)) {
            return;
        }
        int from = begin + DATA.length;
        if (startsWith(bytes, from, to, DONE)) {
            whole = true;
        } else {
            ChatChunk.read(bytes, from, to - from, events);
        }
    }

    private static boolean startsWith(byte[] bytes, int from, int to, byte[] beginning) {
        return to - from >= beginning.length
                && Arrays.equals(bytes, from, from + beginning.length, beginning, 0, beginning.length);
    }

    private void end() {
        write(whole ? events::complete : events::fail);
        if (!response.closed()) {
            response.end(pending);
        }
        pending = null;
    }

    private interface Writing {
        void run() throws IOException;
    }

    private void write(Writing writing) {
        boolean first = pending == null;
        if (first) {
            pending = Buffer.buffer(FIRST_SIZE);
        }
        events.to(writer.to(pending));
        try {
            writing.run();
        } catch (IOException e) {
            upstream.request().reset();
            response.reset();
        } finally {
            writer.done();
        }
        if (first) {
            loop.flushLater(this);
        }
    }

    void flush() {
        if (pending == null || pending.length() == 0 || response.closed()) {
            pending = null;
            return;
        }
        response.write(pending);
        pending = null;
        if (response.writeQueueFull()) {
            upstream.pause();
            response.drainHandler(drained -> upstream.resume());
        }
    }
}
