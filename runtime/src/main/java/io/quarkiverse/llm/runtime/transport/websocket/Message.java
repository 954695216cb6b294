package io.quarkiverse.llm.runtime.transport.websocket;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import io.netty.buffer.ByteBuf;

/** A text message. Nobody else has or changes its bytes. */
record Message(byte[] data, int offset, int length) {

    private static final byte[] DONE = "[DONE]".getBytes(StandardCharsets.US_ASCII);

    static Message of(ByteBuf bytes) {
        if (bytes.hasArray()) {
            return new Message(bytes.array(), bytes.arrayOffset() + bytes.readerIndex(), bytes.readableBytes());
        }
        byte[] copy = new byte[bytes.readableBytes()];
        bytes.getBytes(bytes.readerIndex(), copy);
        return new Message(copy, 0, copy.length);
    }

    /** What ends an event stream. Over a WebSocket it says nothing, but some servers send it all the same. */
    boolean isDone() {
        return Arrays.equals(data, offset, offset + length, DONE, 0, DONE.length);
    }

    byte[] copy() {
        return Arrays.copyOfRange(data, offset, offset + length);
    }
}
