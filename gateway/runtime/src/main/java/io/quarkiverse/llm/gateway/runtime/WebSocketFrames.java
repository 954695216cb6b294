package io.quarkiverse.llm.gateway.runtime;

import jakarta.inject.Singleton;

import io.quarkiverse.llm.gateway.runtime.config.LlmGatewayRuntimeConfig;
import io.quarkiverse.llm.gateway.runtime.websocket.FrameSize;
import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.quarkus.vertx.http.runtime.VertxHttpConfig;
import io.vertx.core.http.HttpServerOptions;

/**
 * Lets the servers of the application take frames that are long enough for the gateway, unless it says how long they may be.
 */
@Singleton
public class WebSocketFrames implements HttpServerOptionsCustomizer {

    private final LlmGatewayRuntimeConfig gateway;
    private final VertxHttpConfig http;

    WebSocketFrames(LlmGatewayRuntimeConfig gateway, VertxHttpConfig http) {
        this.gateway = gateway;
        this.http = http;
    }

    private void customize(HttpServerOptions options) {
        if (gateway.active() && gateway.webSocket().enabled() && http.websocketServer().maxFrameSize().isEmpty()) {
            new FrameSize(gateway).allow(options);
        }
    }

    @Override
    public void customizeHttpServer(HttpServerOptions options) {
        customize(options);
    }

    @Override
    public void customizeHttpsServer(HttpServerOptions options) {
        customize(options);
    }

    @Override
    public void customizeDomainSocketServer(HttpServerOptions options) {
        customize(options);
    }
}
