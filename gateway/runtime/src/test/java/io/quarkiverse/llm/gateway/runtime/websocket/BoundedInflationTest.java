package io.quarkiverse.llm.gateway.runtime.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Map;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.compression.DecompressionException;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketExtensionData;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketServerExtension;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketServerExtensionHandshaker;
import io.netty.handler.codec.http.websocketx.extensions.compression.DeflateFrameServerExtensionHandshaker;
import io.netty.handler.codec.http.websocketx.extensions.compression.PerMessageDeflateServerExtensionHandshaker;

class BoundedInflationTest {

    private static final int MOST = 100_000;

    /** As Vert.x sets it up. */
    private static WebSocketServerExtension extension(String name) {
        WebSocketServerExtensionHandshaker handshaker = name.equals("deflate-frame")
                ? new DeflateFrameServerExtensionHandshaker(6, 0)
                : new PerMessageDeflateServerExtensionHandshaker(6, true, 15, false, false, 0);
        return handshaker.handshakeExtension(new WebSocketExtensionData(name, Map.of()));
    }

    private static WebSocketFrame packed(String extension, String text) {
        EmbeddedChannel client = new EmbeddedChannel(extension(extension).newExtensionEncoder());
        client.writeOutbound(new TextWebSocketFrame(Unpooled.copiedBuffer(text, StandardCharsets.UTF_8)));
        return client.readOutbound();
    }

    private static EmbeddedChannel bounded(String extension) {
        EmbeddedChannel server = new EmbeddedChannel(extension(extension).newExtensionDecoder());
        BoundedInflation.apply(server.pipeline(), MOST);
        return server;
    }

    @ParameterizedTest
    @ValueSource(strings = { "permessage-deflate", "deflate-frame" })
    void whatIsAsLongAsAllowedIsUnpacked(String extension) {
        String text = "x".repeat(MOST - 1);
        EmbeddedChannel server = bounded(extension);
        server.writeInbound(packed(extension, text));
        TextWebSocketFrame frame = server.readInbound();
        assertThat(frame.text()).isEqualTo(text);
        frame.release();
    }

    @ParameterizedTest
    @ValueSource(strings = { "permessage-deflate", "deflate-frame" })
    void whatIsMuchLongerIsNot(String extension) {
        EmbeddedChannel server = bounded(extension);
        WebSocketFrame bomb = packed(extension, "x".repeat(100 * MOST));
        assertThatThrownBy(() -> server.writeInbound(bomb)).isInstanceOf(DecompressionException.class);
    }
}
