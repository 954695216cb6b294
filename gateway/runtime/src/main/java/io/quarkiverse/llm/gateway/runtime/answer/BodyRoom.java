package io.quarkiverse.llm.gateway.runtime.answer;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The bytes that the bodies of all requests under way may have together. A body is in memory several times while it is read and
 * sent on: without a bound, few clients fill the heap. Thread-safe.
 */
public final class BodyRoom {

    /** Of the heap, when nothing is configured. */
    private static final int PART = 8;

    private final long bytes;
    private final AtomicLong taken = new AtomicLong();

    public BodyRoom(long bytes) {
        this.bytes = bytes;
    }

    public static BodyRoom ofHeap() {
        return new BodyRoom(Runtime.getRuntime().maxMemory() / PART);
    }

    public long bytes() {
        return bytes;
    }

    /** Whether there is room; then it must be given back. */
    public boolean take(long more) {
        if (taken.addAndGet(more) > bytes) {
            taken.addAndGet(-more);
            return false;
        }
        return true;
    }

    public void give(long back) {
        taken.addAndGet(-back);
    }
}
