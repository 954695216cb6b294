package io.quarkiverse.llm.benchmarks.gateway;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;

/**
 * The events of answers over a WebSocket, from the handshake on: each is a frame, and gets the empty line after it that ends
 * one
 * over HTTP, so that they are searched in the same way.
 */
final class Unframer implements Unwrapping {

    private static final byte[] END = "{\"type\":\"response.completed\"".getBytes(US_ASCII);
    private static final int TEXT = 0x81;
    private static final int PING = 0x89;

    private final ByteArrayOutputStream head = new ByteArrayOutputStream();
    private boolean upgraded;
    private boolean ready;
    private int lengthBytes = -1;
    private boolean typed;
    private long left;
    private int begin;
    private boolean inFrame;
    private boolean over;

    /** What a client sends in one message. The mask is zero. */
    static byte[] frame(String text) {
        byte[] payload = text.getBytes(US_ASCII);
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.write(TEXT);
        if (payload.length < 126) {
            frame.write(0x80 | payload.length);
        } else {
            frame.write(0x80 | 126);
            frame.write(payload.length >> 8);
            frame.write(payload.length);
        }
        frame.writeBytes(new byte[4]);
        frame.writeBytes(payload);
        return frame.toByteArray();
    }

    static byte[] handshake(int port) {
        return ("GET /v1/responses HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n").getBytes(US_ASCII);
    }

    @Override
    public int read(byte[] from, int length, byte[] body, int end) throws IOException {
        int i = upgraded ? 0 : upgrade(from, length);
        int to = end;
        // what the caller has kept is the beginning of one event
        begin = 0;
        while (i < length) {
            if (inFrame) {
                int part = (int) Math.min(left, length - i);
                System.arraycopy(from, i, body, to, part);
                to += part;
                i += part;
                left -= part;
                if (left == 0) {
                    over |= to - begin >= END.length && Arrays.equals(body, begin, begin + END.length, END, 0, END.length);
                    body[to++] = '\n';
                    body[to++] = '\n';
                    begin = to;
                    inFrame = false;
                }
            } else {
                header(from[i++] & 0xFF);
            }
        }
        return to;
    }

    private int upgrade(byte[] from, int length) throws IOException {
        for (int i = 0; i < length; i++) {
            head.write(from[i]);
            if (from[i] == '\n' && head.toString(US_ASCII).endsWith("\r\n\r\n")) {
                if (!head.toString(US_ASCII).startsWith("HTTP/1.1 101")) {
                    throw new IOException(head.toString(US_ASCII));
                }
                upgraded = true;
                ready = true;
                return i + 1;
            }
        }
        return length;
    }

    private void header(int next) throws IOException {
        if (!typed) {
            if (next != TEXT && next != PING) {
                throw new IOException("no whole message of text: " + next);
            }
            typed = true;
            left = 0;
            lengthBytes = -1;
        } else if (lengthBytes < 0) {
            lengthBytes = next == 127 ? 8 : next == 126 ? 2 : 0;
            left = lengthBytes == 0 ? next : 0;
        } else {
            left = left << 8 | next;
            lengthBytes--;
        }
        if (typed && lengthBytes == 0) {
            typed = false;
            // pings are empty
            inFrame = left > 0;
        }
    }

    /** Whether requests may come now; once. */
    boolean isReady() {
        boolean was = ready;
        ready = false;
        return was;
    }

    @Override
    public boolean isOver() {
        boolean was = over;
        over = false;
        return was;
    }
}
