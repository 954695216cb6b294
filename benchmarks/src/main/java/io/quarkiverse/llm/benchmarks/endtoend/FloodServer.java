package io.quarkiverse.llm.benchmarks.endtoend;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;

/** Answers each request with prepared bytes. Says {@code port N} and runs until its input ends. */
public final class FloodServer {

    /** The bytes of a stream without those of a paced stream's deltas. */
    record Prepared(ByteBuf begin, ByteBuf deltas, ByteBuf end) {
    }

    private final Map<Work, Prepared> streams = new ConcurrentHashMap<>();
    private final Map<Work, ByteBuf> responses = new ConcurrentHashMap<>();

    public static void main(String[] arguments) throws Exception {
        NioEventLoopGroup loop = new NioEventLoopGroup(1);
        FloodServer server = new FloodServer();
        Channel socket = new ServerBootstrap().group(loop).channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, 8192).childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        channel.pipeline().addLast(new FloodConnection(server));
                    }
                }).bind("127.0.0.1", 0).sync().channel();
        System.out.println("port " + ((java.net.InetSocketAddress) socket.localAddress()).getPort());
        while (System.in.read() >= 0) {
            // somebody still wants us
        }
        loop.shutdownGracefully();
    }

    Prepared prepared(Work work) {
        return streams.computeIfAbsent(work, any -> new Prepared(
                Unpooled.unreleasableBuffer(Unpooled.wrappedBuffer(Chunks.head(), Chunks.begin(work))),
                work.isPaced() ? Unpooled.EMPTY_BUFFER : Chunks.deltas(work), Chunks.end(work)));
    }

    /** A whole stream of the Responses API. */
    ByteBuf responses(Work work) {
        return responses.computeIfAbsent(work, any -> Unpooled.unreleasableBuffer(
                Unpooled.wrappedBuffer(Chunks.head(), ResponsesChunks.stream(work))));
    }
}
