package io.quarkiverse.llm.runtime.provider;

import java.util.Optional;
import java.util.function.Function;

import io.quarkiverse.llm.runtime.transport.Exchange;
import io.quarkiverse.llm.runtime.transport.ExchangeListener;
import io.quarkiverse.llm.runtime.transport.OutgoingRequest;
import io.quarkiverse.llm.runtime.transport.Transport;
import io.quarkiverse.llm.runtime.transport.websocket.WebSocketTransport;
import io.vertx.core.Context;
import io.vertx.core.Future;

/**
 * What requests can travel over.
 *
 * @param http for all of them
 * @param webSocket for turns of conversations
 */
public record Transports(Transport http, Optional<WebSocketTransport> webSocket) implements Transport {

    /** No WebSockets. */
    static Transports of(Transport http) {
        return http instanceof Transports both ? both : new Transports(http, Optional.empty());
    }

    @Override
    public Exchange open(Context context, OutgoingRequest request, ExchangeListener listener) {
        return http.open(context, request, listener);
    }

    @Override
    public Future<Void> close() {
        return both(Transport::close);
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
