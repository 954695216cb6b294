package io.quarkiverse.llm.runtime.sse;

import java.nio.charset.StandardCharsets;

/** The event whose lines are being read. */
final class SseEvent {

    private static final byte[] DATA = { 'd', 'a', 't', 'a' };
    private static final byte[] EVENT = { 'e', 'v', 'e', 'n', 't' };
    private static final byte[] ID = { 'i', 'd' };
    private static final byte[] RETRY = { 'r', 'e', 't', 'r', 'y' };
    private static final int MAX_RETRY_DIGITS = 18;

    private final int maxSize;
    private final SseHandler handler;

    private int size;
    private boolean hasData;
    /** Where a first data line still lies in the caller's bytes; {@code null} when the data is in {@link #joined}. */
    private byte[] slice;
    private int sliceFrom;
    private int sliceTo;
    private final Bytes joined = new Bytes();
    private String name = "";
    private String lastName = "";
    private final Bytes lastNameBytes = new Bytes();
    private final Bytes id = new Bytes();
    private final Bytes lastId = new Bytes();
    private boolean idChanged;
    private long retryMillis = -1;

    SseEvent(int maxSize, SseHandler handler) {
        this.maxSize = maxSize;
        this.handler = handler;
    }

    /** Fails when a line, or a part of it, of this length would make the event too large. */
    void checkSize(int lineLength) {
        if (lineLength > maxSize - size) {
            throw new SseEventTooLargeException(maxSize);
        }
    }

    /** A line without its end; the bytes are kept until {@link #detach()}. */
    void line(byte[] bytes, int from, int to) {
        if (from == to) {
            dispatch();
            return;
        }
        checkSize(to - from);
        if (bytes[from] == ':') {
            handler.comment();
            return;
        }
        size += to - from;
        int colon = from;
        while (colon < to && bytes[colon] != ':') {
            colon++;
        }
        int value = colon == to ? to : colon + 1;
        if (value < to && bytes[value] == ' ') {
            value++;
        }
        field(bytes, from, colon, value, to);
    }

    private void field(byte[] bytes, int from, int colon, int value, int to) {
        if (is(DATA, bytes, from, colon)) {
            data(bytes, value, to);
        } else if (is(EVENT, bytes, from, colon)) {
            name(bytes, value, to);
        } else if (is(ID, bytes, from, colon)) {
            id(bytes, value, to);
        } else if (is(RETRY, bytes, from, colon)) {
            retry(bytes, value, to);
        }
    }

    private static boolean is(byte[] name, byte[] bytes, int from, int to) {
        if (to - from != name.length) {
            return false;
        }
        for (int i = 0; i < name.length; i++) {
            if (bytes[from + i] != name[i]) {
                return false;
            }
        }
        return true;
    }

    private void data(byte[] bytes, int from, int to) {
        if (!hasData) {
            hasData = true;
            slice = bytes;
            sliceFrom = from;
            sliceTo = to;
        } else {
            detach();
            joined.add('\n');
            joined.add(bytes, from, to);
        }
    }

    private void name(byte[] bytes, int from, int to) {
        if (from == to) {
            name = "";
            return;
        }
        if (!lastNameBytes.equalTo(bytes, from, to)) {
            lastNameBytes.clear();
            lastNameBytes.add(bytes, from, to);
            lastName = new String(bytes, from, to - from, StandardCharsets.UTF_8);
        }
        name = lastName;
    }

    private void id(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] == 0) {
                return;
            }
        }
        id.clear();
        id.add(bytes, from, to);
        idChanged = true;
    }

    private void retry(byte[] bytes, int from, int to) {
        long millis = 0;
        for (int i = from; i < to; i++) {
            if (bytes[i] < '0' || bytes[i] > '9') {
                return;
            }
            millis = 10 * millis + bytes[i] - '0';
        }
        if (from < to && to - from <= MAX_RETRY_DIGITS) {
            retryMillis = millis;
        }
    }

    private void dispatch() {
        if (idChanged) {
            idChanged = false;
            lastId.clear();
            lastId.add(id.array(), 0, id.length());
        }
        String dispatched = name;
        boolean withData = hasData;
        name = "";
        hasData = false;
        size = 0;
        if (withData) {
            if (slice != null) {
                handler.event(dispatched, slice, sliceFrom, sliceTo - sliceFrom);
            } else {
                handler.event(dispatched, joined.array(), 0, joined.length());
            }
        }
        slice = null;
        joined.clear();
    }

    /** Copies what is still needed of the caller's bytes. */
    void detach() {
        if (slice != null) {
            joined.add(slice, sliceFrom, sliceTo);
            slice = null;
        }
    }

    String lastId() {
        return new String(lastId.array(), 0, lastId.length(), StandardCharsets.UTF_8);
    }

    long retryMillis() {
        return retryMillis;
    }
}
