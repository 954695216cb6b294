package io.quarkiverse.llm.gateway.runtime.state;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The number of an event in the digits of its JSON. One object for all events of a log, each in its turn. */
final class SequenceNumber {

    /** Its place where there is none. */
    static final int NOWHERE = -1;
    private static final byte[] NAME = "\"sequence_number\":".getBytes(StandardCharsets.US_ASCII);
    /** Before it come a type and two ids; what has none is not searched for longer. */
    private static final int SEARCHED = 1024;

    final byte[] digits = new byte[10];
    /** The digits go from here to the end of their array. */
    int from = digits.length;

    void set(int number) {
        from = digits.length;
        int left = number;
        do {
            digits[--from] = (byte) ('0' + left % 10);
            left /= 10;
        } while (left > 0);
    }

    int length() {
        return digits.length - from;
    }

    /**
     * @param guess where it may be, relative to the offset
     * @return where its digits are, relative to the offset; whether they mean the number or something else does not matter
     */
    int place(byte[] json, int offset, int length, int guess) {
        if (guess != NOWHERE && isAt(json, offset + guess, offset + length)) {
            return guess;
        }
        int end = offset + Math.min(length, SEARCHED) - NAME.length;
        for (int i = offset; i < end; i++) {
            if (json[i] == NAME[0] && json[i + 1] == NAME[1]
                    && Arrays.equals(json, i, i + NAME.length, NAME, 0, NAME.length)) {
                int place = i + NAME.length;
                return isAt(json, place, offset + length) ? place - offset : NOWHERE;
            }
        }
        return NOWHERE;
    }

    private boolean isAt(byte[] json, int at, int end) {
        return at + length() <= end && Arrays.equals(json, at, at + length(), digits, from, digits.length);
    }
}
