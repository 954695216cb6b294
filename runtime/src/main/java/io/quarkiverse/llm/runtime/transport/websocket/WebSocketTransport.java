package io.quarkiverse.llm.runtime.transport.websocket;

import java.util.function.Consumer;

import io.quarkiverse.llm.runtime.config.ConnectionSettings;
import io.quarkiverse.llm.runtime.config.ProviderSettings;
import io.quarkiverse.llm.runtime.transport.Exchange;
import io.quarkiverse.llm.runtime.transport.ExchangeListener;
import io.quarkiverse.llm.runtime.transport.ExchangeLog;
import io.quarkiverse.llm.runtime.transport.ExchangeTaps;
import io.quarkiverse.llm.runtime.transport.Failures;
import io.quarkiverse.llm.runtime.transport.OutgoingRequest;
import io.quarkiverse.llm.runtime.transport.Room;
import io.quarkiverse.llm.runtime.transport.Transport;
import io.quarkiverse.llm.runtime.transport.UnderWay;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.impl.ContextInternal;

/**
 * WebSockets towards one server: each request is one message, each event of its answer another. A connection has one request
 * under way at a time and is kept for the next; those with other credentials have connections of their own.
 */
public final class WebSocketTransport implements Transport {

    /** The last part of the key of a bound that HTTP has not. */
    public static final String MAX_MESSAGE_SIZE = "websocket.max-message-size";
    /** Likewise. */
    public static final String MAX_QUEUED_BYTES = "websocket.max-queued-bytes";
    /** Likewise. */
    public static final String MAX_CONNECTIONS = "websocket.max-connections";

    private final ProviderSettings settings;
    private final AnswerBounds bounds;
    private final ConnectionPool<WebSocketConnection> pool;
    private final WebSocketClients clients;
    private final Failures failures;
    private final WebSocketFailures webSocketFailures;
    private final ExchangeLog log;
    private final ExchangeTaps taps;
    private final UnderWay underWay;

    /**
     * @param bounds tells what belongs to which request, and when a connection can take the next one
     * @param customizer has the last word on the options of the clients: TLS and proxy
     */
    public WebSocketTransport(ProviderSettings settings, Vertx vertx, AnswerBounds bounds,
            Consumer<? super WebSocketClientOptions> customizer) {
        this.settings = settings;
        this.bounds = bounds;
        Room room = room(settings);
        this.failures = new Failures(settings, room);
        this.webSocketFailures = new WebSocketFailures(settings, failures);
        this.log = new ExchangeLog(settings, room);
        this.taps = new ExchangeTaps(settings, log, vertx);
        ConnectionSettings connections = settings.connections();
        this.pool = new ConnectionPool<>(new ConnectionPool.Limits(settings.webSocket().maxConnections(),
                connections.maxConcurrentRequests(), connections.maxQueuedRequests(), settings.webSocket().maxQueuedBytes(),
                ConnectionPool.LEFT_FOR));
        this.clients = new WebSocketClients(this, vertx, customizer);
        this.underWay = new UnderWay(this::free);
    }

    private static Room room(ProviderSettings settings) {
        Room room = Room.of(settings);
        int connections = settings.webSocket().maxConnections();
        return connections < room.requests() ? new Room(connections, MAX_CONNECTIONS) : room;
    }

    private Future<Void> free() {
        pool.keepNone();
        return Future.join(clients.close(), taps.close()).mapEmpty();
    }

    /** Sends the body as a message. */
    @Override
    public Exchange open(Context context, OutgoingRequest request, ExchangeListener listener) {
        return open(context, WebSocketRequest.of(request), listener);
    }

    /** As the other one, with a message that may depend on the connection. */
    public WebSocketExchange open(Context context, WebSocketRequest request, ExchangeListener listener) {
        WebSocketExchange exchange = new WebSocketExchange(this, (ContextInternal) context, request, listener);
        exchange.start(underWay.begin());
        return exchange;
    }

    @Override
    public Future<Void> close() {
        return underWay.close();
    }

    @Override
    public Future<Void> retire() {
        return underWay.retire();
    }

    ProviderSettings settings() {
        return settings;
    }

    AnswerBounds bounds() {
        return bounds;
    }

    ConnectionPool<WebSocketConnection> pool() {
        return pool;
    }

    WebSocketClients clients() {
        return clients;
    }

    Failures failures() {
        return failures;
    }

    WebSocketFailures webSocketFailures() {
        return webSocketFailures;
    }

    ExchangeLog log() {
        return log;
    }

    ExchangeTaps taps() {
        return taps;
    }

    UnderWay underWay() {
        return underWay;
    }
}
