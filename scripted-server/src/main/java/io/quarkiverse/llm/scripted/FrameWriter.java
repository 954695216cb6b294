package io.quarkiverse.llm.scripted;

import java.util.function.IntSupplier;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrameEncoder;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.net.impl.ConnectionBase;

/**
 * Writes frames to the connection of a WebSocket. Vert.x has no way to cut a character in two, or a frame, nor to close a
 * connection without a word. All methods are for its event loop.
 */
final class FrameWriter {

    private static final int TEXT_AND_LAST = 0x81;
    private static final int LENGTH_OF_8_BYTES = 127;

    private final ServerWebSocket socket;
    private final Channel channel;
    private final Runnable whenClosing;
    private boolean isFlushing;
    private boolean isClosing;

    /** @param whenClosing is called before this side closes the connection */
    FrameWriter(ServerWebSocket socket, HttpConnection connection, Runnable whenClosing) {
        this.socket = socket;
        this.channel = ((ConnectionBase) connection).channel();
        this.whenClosing = whenClosing;
    }

    /** A message in one frame. Those of one turn of the event loop reach the network together, as events of HTTP do. */
    Future<Void> message(Buffer text) {
        if (!isFlushing) {
            isFlushing = true;
            channel.eventLoop().execute(this::flush);
        }
        return done(channel.write(new TextWebSocketFrame(bytes(text))));
    }

    private void flush() {
        isFlushing = false;
        channel.flush();
    }

    /** A message in frames of these sizes, and what is to be done before each. */
    Future<Void> message(Buffer text, IntSupplier sizes, Runnable before) {
        ChannelFuture written = null;
        for (int from = 0, to; from < text.length() || written == null; from = to) {
            to = Math.min(text.length(), from + sizes.getAsInt());
            boolean last = to == text.length();
            ByteBuf part = bytes(text.getBuffer(from, to));
            before.run();
            written = channel.writeAndFlush(from == 0
                    ? new TextWebSocketFrame(last, 0, part)
                    : new ContinuationWebSocketFrame(last, 0, part));
        }
        return done(written);
    }

    Future<Void> binary(Buffer data) {
        return done(channel.writeAndFlush(new BinaryWebSocketFrame(bytes(data))));
    }

    Future<Void> ping(Buffer data) {
        return done(channel.writeAndFlush(new PingWebSocketFrame(bytes(data))));
    }

    /** The beginning of a frame whose rest does not come. */
    Future<Void> torn(Buffer text) {
        // clients refuse a length that would fit into fewer bytes
        long length = Math.max(1 << Short.SIZE, text.length() + 1L);
        ByteBuf head = Unpooled.buffer(10).writeByte(TEXT_AND_LAST).writeByte(LENGTH_OF_8_BYTES).writeLong(length);
        return done(encoder().writeAndFlush(Unpooled.wrappedBuffer(head, bytes(text))));
    }

    /** Whether this side has closed the connection, or is about to. */
    boolean isClosing() {
        return isClosing;
    }

    /** Sends a close frame with this code, after what was written. */
    Future<Void> close(int code) {
        return close(code, null);
    }

    /** Likewise, and says why. */
    Future<Void> close(int code, String reason) {
        closing();
        return socket.close((short) code, reason);
    }

    /** Closes the connection without a close frame, after what was written. */
    void drop() {
        closing();
        ChannelHandlerContext encoder = encoder();
        encoder.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(written -> encoder.close());
    }

    /** Closes the connection without a close frame, though the client may not have read what was written. */
    void abort() {
        closing();
        channel.flush();
        encoder().close();
    }

    /** Closes it with a TCP RST. */
    void reset() {
        closing();
        channel.flush();
        channel.config().setOption(ChannelOption.SO_LINGER, 0);
        encoder().close();
    }

    private void closing() {
        isClosing = true;
        whenClosing.run();
    }

    /** What is written from there is not encoded again, and what is closed from there gets no close frame. */
    private ChannelHandlerContext encoder() {
        return channel.pipeline().context(WebSocketFrameEncoder.class);
    }

    private static ByteBuf bytes(Buffer buffer) {
        return Unpooled.wrappedBuffer(buffer.getBytes());
    }

    private static Future<Void> done(ChannelFuture written) {
        Promise<Void> promise = Promise.promise();
        written.addListener(result -> {
            if (result.isSuccess()) {
                promise.complete();
            } else {
                promise.fail(result.cause());
            }
        });
        return promise.future();
    }
}
