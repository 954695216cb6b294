package io.quarkiverse.llm.benchmarks.gateway;

import java.io.IOException;

/** Takes an HTTP/1.1 answer with a chunked body apart, however its bytes arrive. One answer after the other. */
final class Dechunker implements Unwrapping {

    private static final int STATUS_AT = "HTTP/1.1 ".length();

    private enum State {
        HEAD,
        SIZE,
        EXTENSION,
        DATA,
        DATA_END,
        LAST
    }

    private State state = State.HEAD;
    private int at;
    private int ends;
    private int status;
    private int left;
    private boolean over;

    @Override
    public int read(byte[] from, int length, byte[] body, int end) throws IOException {
        for (int i = 0; i < length;) {
            byte next = from[i];
            switch (state) {
                case DATA -> {
                    int part = Math.min(left, length - i);
                    System.arraycopy(from, i, body, end, part);
                    end += part;
                    i += part;
                    left -= part;
                    if (left == 0) {
                        state = State.DATA_END;
                    }
                }
                case HEAD -> {
                    head(next);
                    i++;
                }
                case SIZE, EXTENSION -> {
                    size(next);
                    i++;
                }
                case DATA_END -> {
                    if (next == '\n') {
                        state = State.SIZE;
                    }
                    i++;
                }
                case LAST -> {
                    if (next == '\n') {
                        state = State.HEAD;
                        over = true;
                    }
                    i++;
                }
            }
        }
        return end;
    }

    private void head(byte next) throws IOException {
        if (at >= STATUS_AT && at < STATUS_AT + 3) {
            status = 10 * status + next - '0';
        }
        at++;
        if (next == '\n') {
            ends++;
        } else if (next != '\r') {
            ends = 0;
        }
        if (ends == 2) {
            if (status != 200) {
                throw new IOException("status " + status);
            }
            at = 0;
            ends = 0;
            status = 0;
            left = 0;
            state = State.SIZE;
        }
    }

    private void size(byte next) throws IOException {
        if (next == '\n') {
            state = left == 0 ? State.LAST : State.DATA;
        } else if (next == ';' || next == '\r' || state == State.EXTENSION) {
            state = State.EXTENSION;
        } else {
            int digit = Character.digit(next, 16);
            if (digit < 0) {
                throw new IOException("no chunked body");
            }
            left = 16 * left + digit;
        }
    }

    @Override
    public boolean isOver() {
        boolean was = over;
        over = false;
        return was;
    }
}
