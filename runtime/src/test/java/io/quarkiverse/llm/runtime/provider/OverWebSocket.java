package io.quarkiverse.llm.runtime.provider;

import java.util.Map;
import java.util.Optional;

import io.quarkiverse.llm.Capability;
import io.quarkiverse.llm.LlmCapabilities;
import io.quarkiverse.llm.LlmCapabilities.Support;
import io.quarkiverse.llm.runtime.config.KnownCapabilities;
import io.quarkiverse.llm.runtime.config.ProviderSettings;
import io.quarkiverse.llm.runtime.transport.HttpTransport;
import io.quarkiverse.llm.runtime.transport.websocket.WebSocketTransport;
import io.vertx.core.Vertx;

/** What a provider needs that may use WebSockets. */
final class OverWebSocket {

    static final LlmCapabilities HAS_WEBSOCKETS = KnownCapabilities.of(Map.of(Capability.WEBSOCKET, Support.YES),
            LlmCapabilities.Source.CONFIGURED);

    private OverWebSocket() {
    }

    static Transports transports(ProviderSettings settings, Vertx vertx) {
        return new Transports(new HttpTransport(settings, vertx, options -> {
        }), Optional.of(new WebSocketTransport(settings, vertx, new ResponsesBounds(), options -> {
        })));
    }
}
