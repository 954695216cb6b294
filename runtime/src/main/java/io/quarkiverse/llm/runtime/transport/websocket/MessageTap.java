package io.quarkiverse.llm.runtime.transport.websocket;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

import io.quarkiverse.llm.runtime.sse.SseWriter;
import io.quarkiverse.llm.runtime.transport.ExchangeTap;
import io.quarkiverse.llm.runtime.transport.ExchangeTaps;
import io.quarkiverse.llm.runtime.transport.Head;
import io.quarkiverse.llm.runtime.transport.OutgoingRequest;
import io.vertx.core.buffer.Buffer;

/**
 * Shows what watches an exchange a request and its answer as they would be without a WebSocket: the answer as an event stream,
 * which is how it is recorded and replayed.
 */
final class MessageTap {

    static final int OK = 200;

    private static final byte[] NOTHING = {};
    private static final Set<String> OF_UPGRADE = Set.of("connection", "upgrade");

    private final ExchangeTaps taps;
    private final OutgoingRequest outgoing;
    private final Handshake handshake;
    /** Of the request that is under way. */
    private ExchangeTap tap;

    MessageTap(ExchangeTaps taps, OutgoingRequest outgoing, Handshake handshake) {
        this.taps = taps;
        this.outgoing = outgoing;
        this.handshake = handshake;
    }

    private void request(byte[] message) {
        Map<String, String> headers = new HashMap<>(handshake.headers());
        headers.put("upgrade", "websocket");
        OutgoingRequest shown = new OutgoingRequest("GET", outgoing.target(), headers, message, outgoing.stream(),
                outgoing.limits());
        tap = taps.of(shown);
        tap.request(shown);
    }

    void sent(byte[] message) {
        request(message);
        tap.sent();
    }

    /** The same request is sent once more. */
    void again(String how) {
        if (tap != null) {
            tap.ended(how);
            tap = null;
        }
    }

    /** What an answer begins with that has none of its own. */
    static Map<String, String> headers(Map<String, String> ofUpgrade) {
        Map<String, String> headers = new LinkedHashMap<>(ofUpgrade);
        headers.keySet().removeIf(name -> OF_UPGRADE.contains(name) || name.startsWith("sec-websocket-"));
        return headers;
    }

    void head(Map<String, String> headers) {
        Map<String, String> shown = new LinkedHashMap<>(headers);
        shown.put("content-type", "text/event-stream");
        tap.head(new Head("HTTP/1.1", OK, shown));
    }

    void event(Message message) {
        if (tap != ExchangeTap.NONE) {
            tap.bytes(Buffer.buffer(SseWriter.event("", message.copy())));
            tap.event("", message.data(), message.offset(), message.length());
        }
    }

    /** There is an answer instead of a connection. */
    void refused(Refusal refusal) {
        request(NOTHING);
        tap.sent();
        tap.head(refusal.head());
        if (refusal.body().length > 0) {
            tap.bytes(Buffer.buffer(refusal.body()));
        }
        tap.body(refusal.body(), 0, refusal.body().length);
    }

    void ended(String how) {
        if (tap == null) {
            request(NOTHING);
        }
        tap.ended(how);
    }
}
