package io.quarkiverse.llm.gateway.runtime.websocket;

import java.util.List;
import java.util.Map;

import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.compression.ZlibCodecFactory;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketExtensionData;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketExtensionDecoder;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketServerExtension;
import io.netty.handler.codec.http.websocketx.extensions.compression.DeflateFrameServerExtensionHandshaker;
import io.netty.handler.codec.http.websocketx.extensions.compression.PerMessageDeflateServerExtensionHandshaker;

/**
 * Unpacks compressed messages no further than a message may be long. Vert.x lets Netty unpack them without a bound, and a
 * kilobyte can be a megabyte then.
 */
final class BoundedInflation {

    private static final int USUAL_LEVEL = 6;

    private BoundedInflation() {
    }

    /** For a connection whose handshake is over. */
    static void apply(ChannelPipeline pipeline, long longest) {
        int most = (int) Math.min(Integer.MAX_VALUE, longest);
        List<WebSocketServerExtension> bounded = List.of(
                // what the client packs without its earlier messages can be unpacked with them
                new PerMessageDeflateServerExtensionHandshaker(USUAL_LEVEL,
                        ZlibCodecFactory.isSupportingWindowSizeAndMemLevel(),
                        PerMessageDeflateServerExtensionHandshaker.MAX_WINDOW_SIZE, false, false, most)
                        .handshakeExtension(new WebSocketExtensionData("permessage-deflate", Map.of())),
                new DeflateFrameServerExtensionHandshaker(USUAL_LEVEL, most)
                        .handshakeExtension(new WebSocketExtensionData("deflate-frame", Map.of())));
        for (Map.Entry<String, ChannelHandler> handler : pipeline.toMap().entrySet()) {
            if (handler.getValue() instanceof WebSocketExtensionDecoder unbounded) {
                bounded.stream().map(WebSocketServerExtension::newExtensionDecoder)
                        .filter(decoder -> decoder.getClass() == unbounded.getClass()).findFirst()
                        .ifPresent(decoder -> pipeline.replace(unbounded, handler.getKey(), decoder));
            }
        }
    }
}
