package io.quarkiverse.llm.runtime.sse;

import java.util.Arrays;

/**
 * Cuts a stream of bytes into lines, whatever pieces it comes in, and lets an {@link SseEvent} collect them. A line is
 * copied only when it does not lie whole in the fed piece. Not thread-safe.
 */
public final class SseReader {

    private static final byte[] BYTE_ORDER_MARK = { (byte) 0xEF, (byte) 0xBB, (byte) 0xBF };

    private final SseEvent event;
    private final Bytes partialLine = new Bytes();
    private boolean firstLine = true;
    private boolean afterCarriageReturn;

    /**
     * @param maxEventSize bytes that the lines of one event, without their ends, may have together; a comment line may have
     *        as many
     */
    public SseReader(int maxEventSize, SseHandler handler) {
        this.event = new SseEvent(maxEventSize, handler);
    }

    /**
     * The next bytes of the stream. They are not needed after the call.
     *
     * @throws SseEventTooLargeException when an event exceeds the bound; what the handler throws comes through, too. The
     *         reader is of no use after either.
     */
    public void feed(byte[] bytes, int offset, int length) {
        int to = offset + length;
        int from = offset;
        if (afterCarriageReturn && from < to) {
            afterCarriageReturn = false;
            from += bytes[from] == '\n' ? 1 : 0;
        }
        while (from < to) {
            int lineEnd = LineEnds.next(bytes, from, to);
            if (lineEnd == to) {
                keep(bytes, from, to);
                break;
            }
            line(bytes, from, lineEnd);
            from = lineEnd + 1;
            if (bytes[lineEnd] == '\r') {
                if (from == to) {
                    afterCarriageReturn = true;
                } else if (bytes[from] == '\n') {
                    from++;
                }
            }
        }
        event.detach();
    }

    private void keep(byte[] bytes, int from, int to) {
        // a byte order mark does not count, and is only known for one when the line is whole
        event.checkSize(partialLine.length() + to - from - (firstLine ? BYTE_ORDER_MARK.length : 0));
        partialLine.add(bytes, from, to);
    }

    private void line(byte[] bytes, int from, int to) {
        if (partialLine.isEmpty()) {
            wholeLine(bytes, from, to);
        } else {
            keep(bytes, from, to);
            wholeLine(partialLine.array(), 0, partialLine.length());
            event.detach();
            partialLine.clear();
        }
    }

    private void wholeLine(byte[] bytes, int from, int to) {
        int start = from;
        if (firstLine) {
            firstLine = false;
            start += startsWithByteOrderMark(bytes, from, to) ? BYTE_ORDER_MARK.length : 0;
        }
        event.line(bytes, start, to);
    }

    private static boolean startsWithByteOrderMark(byte[] bytes, int from, int to) {
        int end = from + BYTE_ORDER_MARK.length;
        return end <= to && Arrays.equals(bytes, from, end, BYTE_ORDER_MARK, 0, BYTE_ORDER_MARK.length);
    }

    /**
     * Takes the end of the stream for the blank line that many servers leave out after their last event. Without this call
     * an event without its blank line is dropped, as the standard says.
     */
    public void finish() {
        if (!partialLine.isEmpty()) {
            wholeLine(partialLine.array(), 0, partialLine.length());
            event.detach();
            partialLine.clear();
        }
        event.line(partialLine.array(), 0, 0);
    }

    /** The id of the last event that had one; empty for none. */
    public String lastEventId() {
        return event.lastId();
    }

    /** After how many milliseconds the server wants a client to come again; -1 when it has not said. */
    public long retryMillis() {
        return event.retryMillis();
    }
}
