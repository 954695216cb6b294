package io.quarkiverse.llm.runtime.provider;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
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
    private final AtomicReference<Seen> seen = new AtomicReference<>(new Seen(Optional.empty(), Optional.empty()));

    /**
     * @param at when the WebSocket failed
     * @param found when HTTP answered in its place: since then it counts
     */
    private record Failure(long at, long found) {
    }

    /**
     * What requests have shown.
     *
     * @param answered when the request began that was answered over a WebSocket, the latest of them
     * @param failure the latest
     */
    private record Seen(Optional<Long> answered, Optional<Failure> failure) {

        Seen answered(long begun) {
            return new Seen(Optional.of(answered.map(before -> later(before, begun)).orElse(begun)), failure);
        }

        Seen failed(long at, long now) {
            return new Seen(answered,
                    Optional.of(new Failure(failure.map(before -> later(before.at(), at)).orElse(at), now)));
        }

        Seen learnedFrom(Seen other) {
            return new Seen(other.answered.map(this::answered).orElse(this).answered, other.failure);
        }

        boolean hasFailedLately(long now) {
            return failure.filter(it -> now - it.found() < COOL_DOWN_NANOS && !hasAnsweredSince(it.at())).isPresent();
        }

        private boolean hasAnsweredSince(long failedAt) {
            return answered.filter(begun -> begun - failedAt > 0).isPresent();
        }

        private static long later(long one, long other) {
            return one - other > 0 ? one : other;
        }
    }

    /**
     * @param there whether there is a transport for WebSockets
     * @param nanoClock that of all times here
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
            case UNKNOWN -> hasAnswered();
            case NO -> false;
        };
    }

    private boolean hasFailedLately() {
        return seen.get().hasFailedLately(nanoClock.getAsLong());
    }

    private boolean hasAnswered() {
        return seen.get().answered().isPresent();
    }

    /** Whether a request that failed over a WebSocket may be tried without. */
    boolean mayGoWithout(WebSocketFailure failure) {
        return settings.wire().transport() == StreamTransport.AUTO && failure != WebSocketFailure.REQUEST;
    }

    /**
     * A request was answered over a WebSocket. What failed before it began does not count any more.
     *
     * @param begun when it began
     */
    void answered(long begun) {
        seen.updateAndGet(before -> before.answered(begun));
    }

    /** Takes over what was found of the same server. */
    void learnFrom(TransportChoice other) {
        Seen others = other.seen.get();
        seen.updateAndGet(before -> before.learnedFrom(others));
    }

    /** What requests have shown. */
    LlmCapabilities capabilities() {
        return hasAnswered() ? KnownCapabilities.of(Map.of(Capability.WEBSOCKET, Support.YES), Source.FOUND)
                : LlmCapabilities.UNKNOWN;
    }

    /**
     * A request was answered over HTTP, which had failed over a WebSocket.
     *
     * @param at when the WebSocket failed; one that has answered what began later is stronger
     * @return whether that is news
     */
    boolean failed(long at) {
        long now = nanoClock.getAsLong();
        Seen before = seen.getAndUpdate(it -> it.failed(at, now));
        return !before.hasFailedLately(now) && before.failed(at, now).hasFailedLately(now);
    }
}
