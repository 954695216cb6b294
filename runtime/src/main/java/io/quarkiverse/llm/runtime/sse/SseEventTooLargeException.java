package io.quarkiverse.llm.runtime.sse;

/** An event has more bytes than the reader was made for. The reader is of no use after that. */
public final class SseEventTooLargeException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int maxEventSize;

    SseEventTooLargeException(int maxEventSize) {
        super("An event of the stream has more than " + maxEventSize + " bytes");
        this.maxEventSize = maxEventSize;
    }

    /** The bound, in bytes. */
    public int maxEventSize() {
        return maxEventSize;
    }
}
