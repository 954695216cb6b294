package io.quarkiverse.llm.runtime.provider;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

import io.quarkiverse.llm.Capability;
import io.quarkiverse.llm.LlmCapabilities;
import io.quarkiverse.llm.LlmCapabilities.Source;
import io.quarkiverse.llm.LlmCapabilities.Support;
import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.LlmUnsupportedException;
import io.quarkiverse.llm.runtime.config.KnownCapabilities;
import io.quarkiverse.llm.runtime.config.ProviderSettings;
import io.quarkiverse.llm.runtime.config.SettingKey;
import io.quarkiverse.llm.runtime.config.StreamTransport;
import io.quarkiverse.llm.runtime.wire.WireCodec;
import io.quarkiverse.llm.runtime.wire.responses.ResponsesCodec;

/**
 * Decides whether a request travels over a WebSocket: where it is told to, or where the server is known to have them and they
 * have not failed lately. Thread-safe.
 */
final class TransportChoice {

    /** How long a failure counts: a proxy that refuses does so for long, a server that restarts does not. */
    static final long COOL_DOWN_NANOS = TimeUnit.MINUTES.toNanos(5);

    private final ProviderSettings settings;
    private final boolean there;
    private final LongSupplier nanoClock;
    private volatile Long failedAt;
    private volatile boolean worked;

    /**
     * @param there whether there is a transport for WebSockets
     */
    TransportChoice(ProviderSettings settings, boolean there, LongSupplier nanoClock) {
        this.settings = settings;
        this.there = there;
        this.nanoClock = nanoClock;
    }

    /**
     * The codec for a request that travels over a WebSocket; empty for one that does not.
     *
     * @throws LlmUnsupportedException when it must, and cannot
     */
    Optional<ResponsesCodec> webSocket(WireCodec codec, LlmRequest request) {
        if (!there || !(codec instanceof ResponsesCodec responses)) {
            return Optional.empty();
        }
        Optional<String> lacking = responses.unsupportedOverWebSocket(request);
        return switch (settings.wire().transport()) {
            case SSE -> Optional.empty();
            case WEBSOCKET -> {
                lacking.ifPresent(feature -> {
                    SettingKey key = new SettingKey(settings.name(), "transport");
                    throw new LlmUnsupportedException(settings.name(), feature, SettingKey.subject(settings.name())
                            + " does not support " + feature + ", and " + key
                            + "=websocket allows nothing else: remove that setting");
                });
                yield Optional.of(responses);
            }
            case AUTO -> lacking.isEmpty() && isKnown() && !hasFailedLately() ? Optional.of(responses) : Optional.empty();
        };
    }

    private boolean isKnown() {
        return switch (settings.capabilities().of(Capability.WEBSOCKET).support()) {
            case YES -> true;
            case UNKNOWN -> worked;
            case NO -> false;
        };
    }

    private boolean hasFailedLately() {
        Long since = failedAt;
        return since != null && nanoClock.getAsLong() - since < COOL_DOWN_NANOS;
    }

    /** Whether a request that failed over a WebSocket may be tried without. */
    boolean mayGoWithout(WebSocketFailure failure) {
        return settings.wire().transport() == StreamTransport.AUTO && failure != WebSocketFailure.REQUEST;
    }

    /** A request was answered over a WebSocket. */
    void answered() {
        worked = true;
        failedAt = null;
    }

    /** Takes over what was found of the same server. */
    void learnFrom(TransportChoice other) {
        worked |= other.worked;
        failedAt = other.failedAt;
    }

    /** What requests have shown. */
    LlmCapabilities capabilities() {
        return worked ? KnownCapabilities.of(Map.of(Capability.WEBSOCKET, Support.YES), Source.FOUND)
                : LlmCapabilities.UNKNOWN;
    }

    /** @return whether that is news */
    boolean failed() {
        boolean news = !hasFailedLately();
        failedAt = nanoClock.getAsLong();
        return news;
    }
}
