package io.quarkiverse.llm.runtime.sse;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Finds line ends eight bytes at a time: this is the one loop that touches every byte of a stream. */
final class LineEnds {

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH_BITS = 0x8080808080808080L;
    private static final long LINE_FEEDS = ONES * '\n';
    private static final long CARRIAGE_RETURNS = ONES * '\r';

    private LineEnds() {
    }

    /** The index of the first LF or CR from {@code from} on; {@code to} when there is none before it. */
    static int next(byte[] bytes, int from, int to) {
        int index = from;
        for (; index + Long.BYTES <= to; index += Long.BYTES) {
            long word = (long) LONGS.get(bytes, index);
            long found = zeroBytes(word ^ LINE_FEEDS) | zeroBytes(word ^ CARRIAGE_RETURNS);
            if (found != 0) {
                return index + (Long.numberOfTrailingZeros(found) >>> 3);
            }
        }
        for (; index < to; index++) {
            if (bytes[index] == '\n' || bytes[index] == '\r') {
                return index;
            }
        }
        return to;
    }

    /** The highest bit of the lowest zero byte is set; bits below it never are (Hacker's Delight, 6-1). */
    private static long zeroBytes(long word) {
        return (word - ONES) & ~word & HIGH_BITS;
    }
}
