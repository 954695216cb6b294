package io.quarkiverse.llm.runtime.transport;

import java.util.function.Consumer;

import io.quarkiverse.llm.runtime.config.ProviderSettings;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.impl.ContextInternal;

/** HTTP/1.1 or HTTP/2 towards one server, with answers as event streams or whole. */
public final class HttpTransport implements Transport {

    private final ProviderSettings settings;
    private final HttpClients clients;
    private final ConcurrencyLimiter limiter;
    private final Resets resets = new Resets();
    private final Failures failures;
    private final ExchangeLog log;
    private final ExchangeTaps taps;
    private final UnderWay underWay;

    /**
     * @param customizer has the last word on the options of the clients: TLS and proxy
     */
    public HttpTransport(ProviderSettings settings, Vertx vertx, Consumer<? super HttpClientOptions> customizer) {
        this.settings = settings;
        this.clients = new HttpClients(settings, vertx, customizer);
        this.limiter = new ConcurrencyLimiter(settings.connections().maxConcurrentRequests(),
                settings.connections().maxQueuedRequests());
        this.failures = new Failures(settings);
        this.log = new ExchangeLog(settings);
        this.taps = new ExchangeTaps(settings, log, vertx);
        this.underWay = new UnderWay(() -> Future.join(clients.close(), taps.close()).mapEmpty());
    }

    @Override
    public Exchange open(Context context, OutgoingRequest request, ExchangeListener listener) {
        HttpExchange exchange = new HttpExchange(this, (ContextInternal) context, request, listener);
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

    UnderWay underWay() {
        return underWay;
    }

    HttpClient client(ContextInternal context) {
        return clients.on(context);
    }

    ProviderSettings settings() {
        return settings;
    }

    ConcurrencyLimiter limiter() {
        return limiter;
    }

    Resets resets() {
        return resets;
    }

    Failures failures() {
        return failures;
    }

    ExchangeLog log() {
        return log;
    }

    ExchangeTaps taps() {
        return taps;
    }
}
