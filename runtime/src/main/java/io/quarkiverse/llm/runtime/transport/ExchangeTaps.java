package io.quarkiverse.llm.runtime.transport;

import java.util.Optional;

import io.quarkiverse.llm.runtime.config.ProviderSettings;
import io.vertx.core.Future;
import io.vertx.core.Vertx;

/** What watches the exchanges of a provider: its log and its recordings, as far as they are configured. */
final class ExchangeTaps {

    private final ProviderSettings settings;
    private final Optional<Recordings> recordings;
    private final boolean logged;

    ExchangeTaps(ProviderSettings settings, ExchangeLog log, Vertx vertx) {
        this.settings = settings;
        this.recordings = settings.recordDirectory().map(directory -> new Recordings(directory, settings, log, vertx));
        this.logged = settings.logRequests() || settings.logResponses();
    }

    ExchangeTap of(OutgoingRequest request) {
        if (!logged && recordings.isEmpty()) {
            return ExchangeTap.NONE;
        }
        ExchangeMask mask = new ExchangeMask(settings, request);
        ExchangeTap recording = recordings.<ExchangeTap> map(all -> all.begin(mask)).orElse(ExchangeTap.NONE);
        return logged ? new LoggedExchange(settings, mask).and(recording) : recording;
    }

    Future<Void> close() {
        return recordings.map(Recordings::close).orElseGet(Future::succeededFuture);
    }
}
