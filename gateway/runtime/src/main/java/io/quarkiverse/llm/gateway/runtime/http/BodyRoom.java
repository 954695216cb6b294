package io.quarkiverse.llm.gateway.runtime.http;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The bytes that the bodies of all requests under way may have together. A body is in memory several times while it is read and
 * sent on: without a bound, few clients fill the heap. Thread-safe.
 */
final class BodyRoom {

    /** Of the heap, when nothing is configured. */
    private static final int PART = 8;

    private final long bytes;
    private final AtomicLong taken = new AtomicLong();

    BodyRoom(long bytes) {
        this.bytes = bytes;
    }

    static BodyRoom ofHeap() {
        return new BodyRoom(Runtime.getRuntime().maxMemory() / PART);
    }

    long bytes() {
        return bytes;
    }

    /** Whether there is room; then it must be given back. */
    boolean take(long more) {
        if (taken.addAndGet(more) > bytes) {
            taken.addAndGet(-more);
            return false;
        }
        return true;
    }

    void give(long back) {
        taken.addAndGet(-back);
    }
}
