package io.quarkiverse.llm.benchmarks.gateway;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Finds the deltas in a stream's bytes without parsing them: cheap enough that the gateway is what is measured. It relies on
 * how the candidates and the flood server write events, which {@link StreamCheck} has looked at with a real parser before.
 */
enum StreamScan {

    /** What a gateway sends. */
    RESPONSES("event: response.output_text.delta\n", "\"delta\":\"", "event: response.completed\n"),
    /** The same over a WebSocket. */
    WEBSOCKET("{\"type\":\"response.output_text.delta\"", "\"delta\":\"", "{\"type\":\"response.completed\""),
    /** What the server sends, without a gateway. */
    CHAT("data: {", "\"delta\":{\"content\":\"", "data: [DONE]");

    /** What is in the events of a stream, in order. */
    interface Found {

        /** @param timestamp what the text is if it is a number; 0 otherwise */
        void delta(long timestamp);

        void completed();
    }

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;

    private final byte[] delta;
    private final byte[] text;
    private final byte[] completed;

    StreamScan(String delta, String text, String completed) {
        this.delta = delta.getBytes(US_ASCII);
        this.text = text.getBytes(US_ASCII);
        this.completed = completed.getBytes(US_ASCII);
    }

    /**
     * @param timestamps whether deltas are looked into
     * @return where the first event begins whose end is not there yet
     */
    int scan(byte[] bytes, int to, boolean timestamps, Found found) {
        int begin = 0;
        for (int i = lineEnd(bytes, 0, to); i < to - 1; i = lineEnd(bytes, i + 1, to)) {
            if (bytes[i + 1] == '\n') {
                event(bytes, begin, i, timestamps, found);
                begin = i + 2;
                i++;
            }
        }
        return begin;
    }

    /** Looks at eight bytes at a time: the byte that is zero after the exclusive or is the one. */
    private static int lineEnd(byte[] bytes, int from, int to) {
        int at = from;
        for (; at + Long.BYTES <= to; at += Long.BYTES) {
            long eight = (long) LONGS.get(bytes, at) ^ ONES * '\n';
            long zeros = eight - ONES & ~eight & ONES << 7;
            if (zeros != 0) {
                return at + Long.numberOfTrailingZeros(zeros) / 8;
            }
        }
        while (at < to && bytes[at] != '\n') {
            at++;
        }
        return at;
    }

    private void event(byte[] bytes, int from, int to, boolean timestamps, Found found) {
        if (isAt(bytes, from, to, completed)) {
            found.completed();
        } else if (isAt(bytes, from, to, delta)) {
            if (this != CHAT && !timestamps) {
                found.delta(0);
                return;
            }
            int at = from + delta.length;
            while (at < to && !(bytes[at] == '"' && isAt(bytes, at, to, text))) {
                at++;
            }
            at += text.length;
            if (at < to && bytes[at] != '"') {
                found.delta(number(bytes, at));
            } else if (this != CHAT) {
                throw new IllegalStateException("no text in " + new String(bytes, from, to - from, US_ASCII));
            }
        }
    }

    private static long number(byte[] bytes, int at) {
        long number = 0;
        for (int i = bytes[at] == ' ' ? at + 1 : at; bytes[i] >= '0' && bytes[i] <= '9'; i++) {
            number = 10 * number + bytes[i] - '0';
        }
        return number;
    }

    private static boolean isAt(byte[] bytes, int from, int to, byte[] what) {
        return to - from >= what.length && Arrays.equals(bytes, from, from + what.length, what, 0, what.length);
    }
}
