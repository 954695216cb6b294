package io.quarkiverse.llm.runtime.transport.websocket;

import java.util.function.Consumer;

import io.quarkiverse.llm.runtime.config.ProviderSettings;
import io.quarkiverse.llm.runtime.config.TimeLimits;
import io.quarkiverse.llm.runtime.transport.PerEventLoop;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.impl.ContextInternal;

/** Opens connections, on the event loop of who asks. */
final class WebSocketClients {

    /** How long a server may take to answer a close frame, in seconds. */
    private static final int CLOSING_TIMEOUT = 1;
    /** How many there may be is decided before. */
    private static final int NO_LIMIT = Integer.MAX_VALUE;

    private final WebSocketTransport transport;
    private final PerEventLoop<Loop> clients;

    /** A connection outlives the exchange for which it was opened, and its context. */
    private record Loop(ContextInternal context, WebSocketClient client) {
    }

    WebSocketClients(WebSocketTransport transport, Vertx vertx, Consumer<? super WebSocketClientOptions> customizer) {
        this.transport = transport;
        WebSocketClientOptions options = options(transport.settings());
        customizer.accept(options);
        this.clients = new PerEventLoop<>(own -> new Loop(own, vertx.createWebSocketClient(options)),
                loop -> loop.client().close());
    }

    private static WebSocketClientOptions options(ProviderSettings settings) {
        WebSocketClientOptions options = new WebSocketClientOptions();
        options.setSsl(settings.endpoint().tls());
        options.setVerifyHost(true);
        options.setTcpNoDelay(true);
        options.setTcpKeepAlive(true);
        options.setConnectTimeout((int) Math.min(Integer.MAX_VALUE, settings.timeLimits().connect().toMillis()));
        options.setMaxFrameSize(settings.webSocket().maxMessageSize());
        options.setMaxMessageSize(settings.webSocket().maxMessageSize());
        options.setMaxConnections(NO_LIMIT);
        options.setClosingTimeout(CLOSING_TIMEOUT);
        return options;
    }

    /**
     * To be called on that context.
     *
     * @param handler is called on it, later
     * @throws IllegalArgumentException when the request for it cannot be sent
     */
    void open(ContextInternal context, Handshake handshake, TimeLimits limits,
            Handler<AsyncResult<WebSocketConnection>> handler) {
        WebSocketConnectOptions options = handshake.options(transport.settings().endpoint(), limits);
        Loop loop = clients.on(context);
        loop.context().dispatch(options, there -> loop.client().connect(there)
                .map(socket -> new WebSocketConnection(loop.context(), handshake, socket, transport))
                .onComplete(opened -> context.emit(opened, handler)));
    }

    /** Those there are, with their connections. */
    Future<Void> close() {
        return clients.close();
    }
}
