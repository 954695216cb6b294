package io.quarkiverse.llm.runtime.wire.responses;

import java.util.Arrays;

/**
 * The last long string that was read, with its bytes. What has been streamed is told once more at the end of its text, of its
 * part, of its item and of the response: the same bytes are the same string, and need not be decoded again.
 */
final class RepeatedText {

    /** Shorter ones cost no more than their comparison. */
    private static final int LEAST_BYTES = 64;

    /** From the opening quote to the closing one, behind which nothing of the string can follow. */
    private byte[] bytes = {};
    private int length;
    private String text;

    /** The string that begins there, with its quote; {@code null} when it is another one. */
    String match(byte[] data, int from) {
        return text != null && length <= data.length - from && Arrays.equals(bytes, 0, length, data, from, from + length)
                ? text
                : null;
    }

    void keep(String read, byte[] data, int from, int to) {
        if (to - from < LEAST_BYTES) {
            return;
        }
        if (bytes.length < to - from) {
            bytes = new byte[to - from];
        }
        System.arraycopy(data, from, bytes, 0, to - from);
        length = to - from;
        text = read;
    }
}
