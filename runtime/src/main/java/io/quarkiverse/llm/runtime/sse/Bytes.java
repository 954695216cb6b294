package io.quarkiverse.llm.runtime.sse;

import java.util.Arrays;

/** A growing run of bytes whose array is used again. */
final class Bytes {

    private static final byte[] NONE = {};

    private byte[] array = NONE;
    private int length;

    void add(byte[] source, int from, int to) {
        int added = to - from;
        ensure(added);
        System.arraycopy(source, from, array, length, added);
        length += added;
    }

    void add(char ascii) {
        ensure(1);
        array[length++] = (byte) ascii;
    }

    private void ensure(int more) {
        if (array.length - length < more) {
            array = Arrays.copyOf(array, Math.max(length + more, Math.max(256, 2 * array.length)));
        }
    }

    void clear() {
        length = 0;
    }

    boolean isEmpty() {
        return length == 0;
    }

    byte[] array() {
        return array;
    }

    int length() {
        return length;
    }

    boolean equalTo(byte[] other, int from, int to) {
        return Arrays.equals(array, 0, length, other, from, to);
    }
}
