package io.quarkiverse.llm.gateway.runtime.state;

import java.util.Arrays;

/** The last event of one type without its number: what the next one is told apart from. */
final class LastLine {

    private static final int BLOCK = 64;
    private static final byte[] NONE = new byte[0];

    final String type;
    byte[] bytes = NONE;
    int length;
    /** Where the number was taken out. */
    int place = SequenceNumber.NOWHERE;

    LastLine(String type) {
        this.type = type;
    }

    /** How many bytes both begin with. */
    int commonPrefix(LastLine other) {
        int mismatch = Arrays.mismatch(bytes, 0, length, other.bytes, 0, other.length);
        return mismatch < 0 ? length : mismatch;
    }

    /**
     * How many bytes both end with.
     *
     * @param prefix what both begin with, which does not count again
     */
    int commonSuffix(LastLine other, int prefix) {
        int most = Math.min(length, other.length) - prefix;
        int same = 0;
        while (same + BLOCK <= most && Arrays.equals(bytes, length - same - BLOCK, length - same,
                other.bytes, other.length - same - BLOCK, other.length - same)) {
            same += BLOCK;
        }
        while (same < most && bytes[length - 1 - same] == other.bytes[other.length - 1 - same]) {
            same++;
        }
        return same;
    }

    /** Becomes that event, without its number. */
    void take(byte[] json, int offset, int jsonLength, int numberPlace, int digits) {
        place = numberPlace;
        int before = place == SequenceNumber.NOWHERE ? jsonLength : place;
        int gap = place == SequenceNumber.NOWHERE ? 0 : digits;
        length = jsonLength - gap;
        bytes = room(bytes, length, 0);
        System.arraycopy(json, offset, bytes, 0, before);
        System.arraycopy(json, offset + before + gap, bytes, before, length - before);
    }

    /** Becomes what begins and ends as another one does, which may be itself. */
    void take(LastLine base, int prefix, int suffix, byte[] middle, int offset, int middleLength) {
        int was = base.length;
        byte[] from = base.bytes;
        length = prefix + middleLength + suffix;
        bytes = room(bytes, length, base == this ? was : 0);
        if (base != this) {
            System.arraycopy(from, 0, bytes, 0, prefix);
        }
        System.arraycopy(from, was - suffix, bytes, prefix + middleLength, suffix);
        System.arraycopy(middle, offset, bytes, prefix, middleLength);
    }

    /** Exchanges what they hold, but for their types. */
    void swap(LastLine other) {
        byte[] otherBytes = other.bytes;
        other.bytes = bytes;
        bytes = otherBytes;
        int otherLength = other.length;
        other.length = length;
        length = otherLength;
        int otherPlace = other.place;
        other.place = place;
        place = otherPlace;
    }

    /** Room for so many bytes and some more, with the first ones kept. */
    static byte[] room(byte[] bytes, int needed, int kept) {
        if (needed <= bytes.length) {
            return bytes;
        }
        byte[] larger = new byte[Math.max(BLOCK, Math.addExact(needed, needed / 4))];
        System.arraycopy(bytes, 0, larger, 0, kept);
        return larger;
    }
}
