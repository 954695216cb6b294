package io.quarkiverse.llm.runtime.provider;

import java.util.Optional;
import java.util.function.Function;

import io.quarkiverse.llm.runtime.transport.Exchange;
import io.quarkiverse.llm.runtime.transport.ExchangeListener;
import io.quarkiverse.llm.runtime.transport.OutgoingRequest;
import io.quarkiverse.llm.runtime.transport.Transport;
import io.quarkiverse.llm.runtime.transport.UnderWay;
import io.quarkiverse.llm.runtime.transport.websocket.WebSocketTransport;
import io.vertx.core.Context;
import io.vertx.core.Future;

/**
 * What requests can travel over. A request may take several exchanges, one after another and over either transport: none is
 * closed while a request is under way that has begun here. Thread-safe.
 */
public final class Transports implements Transport {

    private final Transport http;
    private final Optional<WebSocketTransport> webSocket;
    private final UnderWay requests;

    /**
     * @param http for all of them
     * @param webSocket for turns of conversations
     */
    public Transports(Transport http, Optional<WebSocketTransport> webSocket) {
        this.http = http;
        this.webSocket = webSocket;
        this.requests = new UnderWay(() -> both(Transport::close));
    }

    private Transports(Transport http, UnderWay requests) {
        this.http = http;
        this.webSocket = Optional.empty();
        this.requests = requests;
    }

    /** No WebSockets. */
    static Transports of(Transport http) {
        return http instanceof Transports both ? both : new Transports(http, Optional.empty());
    }

    /** The same with another way over HTTP, and no WebSockets. Closed with these. */
    Transports withHttp(Transport other) {
        return new Transports(other, requests);
    }

    Transport http() {
        return http;
    }

    Optional<WebSocketTransport> webSocket() {
        return webSocket;
    }

    /** Whether a request may begin; then {@link #over} is to be called once, after its last exchange. */
    boolean begin() {
        return requests.begin();
    }

    void over() {
        requests.over();
    }

    @Override
    public Exchange open(Context context, OutgoingRequest request, ExchangeListener listener) {
        return http.open(context, request, listener);
    }

    @Override
    public Future<Void> close() {
        return requests.close();
    }

    @Override
    public Future<Void> retire() {
        return both(Transport::retire);
    }

    private Future<Void> both(Function<Transport, Future<Void>> end) {
        Future<Void> ofHttp = end.apply(http);
        return webSocket.map(socket -> Future.join(ofHttp, end.apply(socket)).<Void> mapEmpty()).orElse(ofHttp);
    }
}
