package io.quarkiverse.llm.runtime.transport;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import io.netty.buffer.ByteBuf;
import io.quarkiverse.llm.RawJson;
import io.quarkiverse.llm.runtime.sse.SseHandler;
import io.quarkiverse.llm.runtime.sse.SseReader;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.buffer.impl.BufferImpl;

/**
 * Makes events or one body of the bytes of an answer. Where both may come, the first byte tells: content types do not, since
 * servers send JSON as an event stream, and event streams as anything. Not thread-safe.
 */
public final class AnswerReader {

    /** Takes what the bytes are; the body is valid only during the call. */
    public interface Sink extends SseHandler {

        void body(byte[] data, int offset, int length);
    }

    private enum Kind {
        UNDECIDED,
        EVENTS,
        BODY
    }

    private static final byte[] NOTHING = {};
    private static final String DONE = "[DONE]";

    private final Sink sink;
    private final int maxEventSize;
    private Kind kind;
    private SseReader events;
    private boolean ending;
    private byte[] kept = NOTHING;
    private int length;

    /**
     * @param maybeEvents whether an event stream may come; else it is a body in any case
     */
    public AnswerReader(boolean maybeEvents, int maxEventSize, Sink sink) {
        this.kind = maybeEvents ? Kind.UNDECIDED : Kind.BODY;
        this.maxEventSize = maxEventSize;
        this.sink = sink;
    }

    /** Whether it is known that no events come. */
    public boolean isBody() {
        return kind == Kind.BODY;
    }

    /** The next bytes of the answer. They are not needed after the call. */
    void read(Buffer buffer) {
        ByteBuf bytes = buffer instanceof BufferImpl internal ? internal.byteBuf() : null;
        if (bytes != null && bytes.hasArray()) {
            // the bytes of such a buffer begin at 0, whatever its reader index says
            read(bytes.array(), bytes.arrayOffset(), buffer.length());
        } else {
            read(buffer.getBytes(), 0, buffer.length());
        }
    }

    /** The same, as an array. */
    public void read(byte[] bytes, int offset, int count) {
        if (kind == Kind.UNDECIDED) {
            decide(bytes, offset, count);
        }
        if (kind == Kind.EVENTS) {
            events.feed(bytes, offset, count);
        } else {
            keep(bytes, offset, count);
        }
    }

    private void decide(byte[] bytes, int offset, int count) {
        for (int i = offset; i < offset + count; i++) {
            switch (bytes[i]) {
                case ' ', '\t', '\r', '\n', (byte) 0xEF, (byte) 0xBB, (byte) 0xBF -> {
                    // blank, or of a byte order mark
                }
                case '{', '[', '<' -> {
                    kind = Kind.BODY;
                    return;
                }
                default -> {
                    kind = Kind.EVENTS;
                    events = new SseReader(maxEventSize, new WholeEvents());
                    events.feed(kept, 0, length);
                    return;
                }
            }
        }
    }

    private void keep(byte[] bytes, int offset, int count) {
        if (kept.length - length < count) {
            kept = Arrays.copyOf(kept, Math.max(length + count, 2 * kept.length));
        }
        System.arraycopy(bytes, offset, kept, length, count);
        length += count;
    }

    /**
     * Nothing more comes. An event that lacks its blank line is taken as it is, since many servers leave out the last one,
     * unless it is the beginning of an object that has no end: then the stream was cut inside it, and it has not come.
     */
    public void end() {
        if (kind == Kind.EVENTS) {
            ending = true;
            events.finish();
        } else {
            sink.body(kept, 0, length);
        }
    }

    /** Hands on events, without one that is cut. */
    private final class WholeEvents implements SseHandler {

        @Override
        public void event(String name, byte[] data, int offset, int count) {
            if (!ending || !isCut(data, offset, count)) {
                sink.event(name, data, offset, count);
            }
        }

        @Override
        public void comment() {
            sink.comment();
        }
    }

    private static boolean isCut(byte[] data, int offset, int count) {
        if (count == 0 || data[offset] != '{' && data[offset] != '[') {
            return false;
        }
        String text = new String(data, offset, count, StandardCharsets.UTF_8);
        return !text.strip().equals(DONE) && !isJson(text);
    }

    private static boolean isJson(String text) {
        try {
            RawJson.of(text);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
