package io.quarkiverse.llm.gateway.runtime.http;

import java.nio.charset.StandardCharsets;

import io.quarkiverse.llm.gateway.runtime.answer.AnswerOut;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.impl.ContextInternal;

/**
 * Writes server-sent events to a client. What comes within one turn of the event loop goes out in one write, in order and in
 * whole events: some clients lose an event that is torn over two reads, and a write costs as much as several events. Used on
 * the event loop of the response alone.
 */
final class EventWriter implements AnswerOut {

    /** The most that one write holds, unless a single event is longer. */
    private static final int MOST = 16 * 1024;
    private static final int USUAL = 1024;
    private static final byte[] EVENT = ascii("event: ");
    private static final byte[] DATA = ascii("data: ");
    private static final byte[] END_OF_EVENT = ascii("\n\n");
    private static final byte[] DONE = ascii("data: [DONE]\n\n");
    private static final byte[] SIGN_OF_LIFE = ascii(": keep-alive\n\n");

    private final HttpServerResponse response;
    private final ContextInternal context;
    private final Runnable flush = this::flush;
    private Buffer pending;
    private boolean scheduled;
    private String lastType = "";
    private byte[] lastHead = DATA;
    private long lastWrite = System.nanoTime();

    /**
     * @param response that nothing has been sent of; the first event sends its headers
     */
    EventWriter(HttpServerResponse response, ContextInternal context) {
        this.response = response;
        this.context = context;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public void event(String type, byte[] json, int offset, int length) {
        byte[] head = head(type);
        room(head.length + length + END_OF_EVENT.length).appendBytes(head).appendBytes(json, offset, length)
                .appendBytes(END_OF_EVENT);
    }

    /** Deltas of one kind follow each other. */
    private byte[] head(String type) {
        if (!type.equals(lastType)) {
            lastType = type;
            lastHead = type.isEmpty() ? DATA : head(type.getBytes(StandardCharsets.UTF_8));
        }
        return lastHead;
    }

    private static byte[] head(byte[] type) {
        return Buffer.buffer(EVENT.length + type.length + DATA.length + 1).appendBytes(EVENT).appendBytes(type)
                .appendByte((byte) '\n').appendBytes(DATA).getBytes();
    }

    @Override
    public void begin() {
        response.setStatusCode(200).setChunked(true);
        response.putHeader(HttpHeaders.CONTENT_TYPE, "text/event-stream; charset=utf-8");
        response.putHeader(HttpHeaders.CACHE_CONTROL, "no-cache");
        response.putHeader("x-accel-buffering", "no");
    }

    /** A comment. */
    @Override
    public void signOfLife() {
        room(SIGN_OF_LIFE.length).appendBytes(SIGN_OF_LIFE);
    }

    private Buffer room(int length) {
        if (pending != null && pending.length() + length > MOST) {
            flush();
        }
        if (pending == null) {
            // not a pooled one: Vert.x never gives back what is written
            pending = Buffer.buffer(Math.max(USUAL, length));
        }
        if (!scheduled) {
            scheduled = true;
            context.nettyEventLoop().execute(flush);
        }
        return pending;
    }

    private void flush() {
        scheduled = false;
        Buffer written = pending;
        pending = null;
        if (written != null && !isGone()) {
            lastWrite = System.nanoTime();
            response.write(written);
        }
    }

    /** With what tells clients that it is the end which do not know the last event of the wire API. */
    @Override
    public void end() {
        Buffer rest = room(DONE.length).appendBytes(DONE);
        pending = null;
        if (!isGone()) {
            response.end(rest);
        }
    }

    @Override
    public void discard() {
        pending = null;
    }

    private boolean isGone() {
        return response.ended() || response.closed();
    }

    @Override
    public boolean isFull() {
        return response.writeQueueFull();
    }

    @Override
    public void onDrained(Handler<Void> handler) {
        response.drainHandler(handler);
    }

    @Override
    public long silence() {
        return System.nanoTime() - lastWrite;
    }
}
