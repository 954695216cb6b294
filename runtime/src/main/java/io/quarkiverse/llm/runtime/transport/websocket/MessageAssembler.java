package io.quarkiverse.llm.runtime.transport.websocket;

import java.util.Arrays;

import io.netty.buffer.ByteBuf;
import io.vertx.core.http.WebSocketFrame;
import io.vertx.core.http.impl.ws.WebSocketFrameInternal;

/** Makes text messages of frames; one that lies whole in a frame is not copied. */
final class MessageAssembler {

    private static final byte[] NOTHING = {};

    private final WebSocketFailures failures;
    private byte[] parts = NOTHING;
    private int length;

    MessageAssembler(WebSocketFailures failures) {
        this.failures = failures;
    }

    /**
     * @param frame of text, or a continuation
     * @return {@code null} while there is more of the message to come
     */
    Message add(WebSocketFrame frame) {
        ByteBuf bytes = ((WebSocketFrameInternal) frame).getBinaryData();
        failures.requireSize((long) length + bytes.readableBytes());
        if (length == 0 && frame.isFinal()) {
            return Message.of(bytes);
        }
        append(bytes);
        if (!frame.isFinal()) {
            return null;
        }
        Message whole = new Message(parts, 0, length);
        parts = NOTHING;
        length = 0;
        return whole;
    }

    private void append(ByteBuf bytes) {
        int more = bytes.readableBytes();
        if (parts.length - length < more) {
            parts = Arrays.copyOf(parts, Math.max(length + more, 2 * parts.length));
        }
        bytes.getBytes(bytes.readerIndex(), parts, length, more);
        length += more;
    }
}
