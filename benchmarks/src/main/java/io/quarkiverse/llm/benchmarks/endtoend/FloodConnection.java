package io.quarkiverse.llm.benchmarks.endtoend;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/** One connection; its requests come one after the other and have a {@code Content-Length}. */
final class FloodConnection extends ChannelInboundHandlerAdapter {

    private static final Pattern LENGTH = Pattern.compile("content-length: *(\\d+)");

    private static final ByteBuf NOT_FOUND = Chunks.shared("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n");

    private final FloodServer server;
    private final StringBuilder received = new StringBuilder();

    FloodConnection(FloodServer server) {
        this.server = server;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        received.append(bytes.toString(US_ASCII));
        bytes.release();
        int head = received.indexOf("\r\n\r\n");
        if (head < 0) {
            return;
        }
        Matcher length = LENGTH.matcher(received.substring(0, head).toLowerCase(Locale.ROOT));
        if (!length.find()) {
            // a gateway asks for models; there are none
            received.setLength(0);
            context.writeAndFlush(NOT_FOUND.duplicate());
            return;
        }
        int end = head + 4 + Integer.parseInt(length.group(1));
        if (received.length() >= end) {
            Work work = Work.ofRequest(received.substring(head + 4, end));
            boolean responses = received.substring(0, head).startsWith("POST /v1/responses ");
            received.delete(0, end);
            if (responses) {
                context.writeAndFlush(server.responses(work).duplicate());
            } else {
                answer(context, work);
            }
        }
    }

    private void answer(ChannelHandlerContext context, Work work) {
        FloodServer.Prepared stream = server.prepared(work);
        context.write(stream.begin().duplicate());
        if (work.isPaced()) {
            context.flush();
            pace(context, work, work.tokens(), System.nanoTime());
        } else {
            context.write(stream.deltas().duplicate());
            context.writeAndFlush(stream.end().duplicate());
        }
    }

    /** Each token is the time at which it was sent. */
    private void pace(ChannelHandlerContext context, Work work, int left, long due) {
        if (!context.channel().isActive()) {
            return;
        }
        if (left == 0) {
            context.writeAndFlush(server.prepared(work).end().duplicate());
            return;
        }
        long next = due + TimeUnit.MILLISECONDS.toNanos(work.interval());
        context.executor().schedule(() -> {
            context.writeAndFlush(Unpooled.wrappedBuffer(Chunks.delta(" " + System.nanoTime()).getBytes(UTF_8)));
            pace(context, work, left - 1, next);
        }, next - System.nanoTime(), TimeUnit.NANOSECONDS);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.close();
    }
}
