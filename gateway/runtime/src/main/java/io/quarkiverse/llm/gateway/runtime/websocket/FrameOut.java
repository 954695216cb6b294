package io.quarkiverse.llm.gateway.runtime.websocket;

import java.util.ArrayList;
import java.util.List;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketExtensionEncoder;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;

/**
 * What goes out over one WebSocket, from all of its lanes. Each event is a message, and all messages of one turn of the event
 * loop go out together: Vert.x would send each by itself, which costs more than to make it. Used on the event loop of the
 * connection alone.
 */
final class FrameOut {

    /** The most that one write holds, unless a single message is longer. */
    private static final int MOST = 16 * 1024;
    private static final int USUAL = 1024;
    /** Final, and text (RFC 6455, 5.2). Servers do not mask. */
    private static final int TEXT = 0x81;
    private static final int LONGEST_HEAD = 10;
    private static final int LENGTH_IN_TWO_BYTES = 126;
    private static final int LENGTH_IN_EIGHT_BYTES = 127;
    private static final Buffer PING = Buffer.buffer(0);

    private final ServerWebSocket socket;
    private final ChannelHandlerContext channel;
    private final Runnable flush = this::flush;
    private final List<Handler<Void>> waiting = new ArrayList<>();
    private Boolean compressed;
    /** Messages in the form that they are sent in. */
    private ByteBuf pending;
    private boolean scheduled;

    FrameOut(ServerWebSocket socket, ChannelHandlerContext channel) {
        this.socket = socket;
        this.channel = channel;
        socket.drainHandler(drained -> drained());
    }

    /**
     * One message.
     *
     * @param end what follows after so many bytes
     */
    void text(byte[] json, int offset, int length, byte[] end) {
        if (socket.isClosed()) {
            return;
        }
        if (isCompressed()) {
            ByteBuf message = channel.alloc().ioBuffer(length + end.length);
            message.writeBytes(json, offset, length).writeBytes(end);
            channel.write(new TextWebSocketFrame(true, 0, message), channel.voidPromise());
        } else {
            ByteBuf out = room(LONGEST_HEAD + length + end.length);
            head(out, length + end.length);
            out.writeBytes(json, offset, length).writeBytes(end);
        }
        if (!scheduled) {
            scheduled = true;
            channel.channel().eventLoop().execute(flush);
        }
    }

    private static void head(ByteBuf out, int length) {
        out.writeByte(TEXT);
        if (length < LENGTH_IN_TWO_BYTES) {
            out.writeByte(length);
        } else if (length <= 0xFFFF) {
            out.writeByte(LENGTH_IN_TWO_BYTES).writeShort(length);
        } else {
            out.writeByte(LENGTH_IN_EIGHT_BYTES).writeLong(length);
        }
    }

    private ByteBuf room(int length) {
        if (pending != null && pending.readableBytes() + length > MOST) {
            write();
        }
        if (pending == null) {
            pending = channel.alloc().ioBuffer(Math.max(USUAL, length));
        }
        return pending;
    }

    /** Extensions change what goes out: then it takes the way through them. Known when the handshake is over. */
    private boolean isCompressed() {
        if (compressed == null) {
            compressed = false;
            for (var handler : channel.pipeline()) {
                ChannelHandler each = handler.getValue();
                compressed |= each instanceof WebSocketExtensionEncoder;
            }
        }
        return compressed;
    }

    private void write() {
        ByteBuf written = pending;
        pending = null;
        if (written != null) {
            channel.write(written, channel.voidPromise());
        }
    }

    /** Now, and not when the turn of the event loop is over. */
    void flush() {
        scheduled = false;
        write();
        channel.flush();
    }

    void ping() {
        if (!socket.isClosed()) {
            flush();
            socket.writePing(PING);
        }
    }

    boolean isFull() {
        return !channel.channel().isWritable();
    }

    void onDrained(Handler<Void> handler) {
        waiting.add(handler);
    }

    /** All lanes go on. */
    private void drained() {
        List<Handler<Void>> resumed = new ArrayList<>(waiting);
        waiting.clear();
        resumed.forEach(handler -> handler.handle(null));
    }

    void closeChannel() {
        channel.close();
    }
}
