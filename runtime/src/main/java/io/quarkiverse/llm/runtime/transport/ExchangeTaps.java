package io.quarkiverse.llm.runtime.transport;

import java.util.Optional;
import java.util.function.Supplier;

import io.quarkiverse.llm.runtime.config.ProviderSettings;
import io.vertx.core.Future;
import io.vertx.core.Vertx;

/** What watches the exchanges of a provider: its log and its recordings, as far as they are configured. */
public final class ExchangeTaps {

    private final ProviderSettings settings;
    private final Supplier<Optional<Recordings>> configured;
    private final boolean logged;
    /** Made for the first exchange. */
    private Optional<Recordings> recordings = Optional.empty();

    public ExchangeTaps(ProviderSettings settings, ExchangeLog log, Vertx vertx) {
        this.settings = settings;
        this.configured = () -> settings.recordDirectory()
                .map(directory -> new Recordings(directory, settings, log, vertx));
        this.logged = settings.logRequests() || settings.logResponses();
    }

    public ExchangeTap of(OutgoingRequest request) {
        if (!logged && settings.recordDirectory().isEmpty()) {
            return ExchangeTap.NONE;
        }
        ExchangeMask mask = new ExchangeMask(settings, request);
        ExchangeTap recording = recordings().<ExchangeTap> map(all -> all.begin(mask)).orElse(ExchangeTap.NONE);
        return logged ? new LoggedExchange(settings, mask).and(recording) : recording;
    }

    private synchronized Optional<Recordings> recordings() {
        recordings = recordings.or(configured);
        return recordings;
    }

    /** Those there are; an exchange that comes later is recorded all the same. */
    public synchronized Future<Void> close() {
        Optional<Recordings> there = recordings;
        recordings = Optional.empty();
        return there.map(Recordings::close).orElseGet(Future::succeededFuture);
    }
}
