package io.quarkiverse.llm.gateway.runtime.websocket;

import io.quarkiverse.llm.gateway.runtime.config.LlmGatewayRuntimeConfig;
import io.vertx.core.http.HttpServerOptions;

/**
 * Frames as long as requests may be: an agent sends its whole conversation in one, and the 64 KiB of Vert.x close the
 * connection. It is the limit of a server, for all of its WebSockets; that of messages is not changed, since the
 * gateway has its own.
 */
public record FrameSize(LlmGatewayRuntimeConfig config) {

    /** On a server whose limit nobody has set. */
    public void allow(HttpServerOptions options) {
        int longest = (int) Math.min(Integer.MAX_VALUE, config.maxBodySize().asLongValue());
        options.setMaxWebSocketFrameSize(Math.max(options.getMaxWebSocketFrameSize(), longest));
    }
}
