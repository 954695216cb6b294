package io.quarkiverse.llm.runtime.provider;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

import io.quarkiverse.llm.Capability;
import io.quarkiverse.llm.LlmCapabilities;
import io.quarkiverse.llm.LlmCapabilities.Source;
import io.quarkiverse.llm.LlmCapabilities.Support;
import io.quarkiverse.llm.LlmEvent;
import io.quarkiverse.llm.LlmModel;
import io.quarkiverse.llm.LlmProvider;
import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.LlmResponse;
import io.quarkiverse.llm.runtime.config.KnownCapabilities;
import io.quarkiverse.llm.runtime.config.ProviderSettings;
import io.quarkiverse.llm.runtime.config.SecretMask;
import io.quarkiverse.llm.runtime.transport.OutgoingRequest;
import io.quarkiverse.llm.runtime.transport.Transport;
import io.quarkiverse.llm.runtime.wire.DiscoveredCapabilities;
import io.quarkiverse.llm.runtime.wire.WireCodec;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;

/** A provider whose server is reached with these settings, in this wire API, over this transport. Thread-safe. */
public final class WireProvider implements LlmProvider {

    private final ProviderSettings settings;
    private final WireCodec codec;
    private final Transport transport;
    private final EventLoops eventLoops;
    private final OutgoingRequests requests;
    private final ProviderFailures failures;
    /** What the server told when it was last asked for its models. */
    private volatile LlmCapabilities discovered = LlmCapabilities.UNKNOWN;

    public WireProvider(ProviderSettings settings, WireCodec codec, Transport transport, Vertx vertx) {
        this.settings = settings;
        this.codec = codec;
        this.transport = transport;
        this.eventLoops = new EventLoops(vertx);
        this.requests = new OutgoingRequests(settings, codec);
        this.failures = new ProviderFailures(settings.name(), SecretMask.of(settings));
    }

    @Override
    public String name() {
        return settings.name();
    }

    @Override
    public Multi<LlmEvent> stream(LlmRequest request) {
        return new EventMulti(this, Objects.requireNonNull(request, "request"));
    }

    /**
     * As its parent says. The response arrives on the caller's context when that belongs to an event loop, else on an event
     * loop: not on a worker's context, which someone who waits there would block.
     */
    @Override
    public Uni<LlmResponse> complete(LlmRequest request) {
        Objects.requireNonNull(request, "request");
        return whole(() -> requests.of(request, false), () -> new ReadingResponse(codec, request), failures.of(request));
    }

    @Override
    public Uni<List<LlmModel>> models() {
        return whole(requests::models, () -> new ReadingModels(name()), failures).invoke(this::discover);
    }

    private void discover(List<LlmModel> models) {
        discovered = KnownCapabilities.best(
                KnownCapabilities.of(Map.of(Capability.MODEL_LISTING, Support.YES), Source.FOUND),
                KnownCapabilities.of(DiscoveredCapabilities.of(models, settings.model()), Source.DISCOVERED));
    }

    /**
     * Asks nobody: what is configured, what the server told of the configured model when {@link #models()} was last asked, and
     * what the preset knows, the first of them that says something.
     */
    @Override
    public LlmCapabilities capabilities() {
        return KnownCapabilities.best(settings.capabilities(), discovered);
    }

    private <T> Uni<T> whole(Supplier<OutgoingRequest> request, Supplier<WholeAnswer.Reading<T>> reading,
            ProviderFailures told) {
        return Uni.createFrom().emitter(emitter -> new WholeAnswer<T>(this, request, reading.get(), told, emitter).start());
    }

    WireCodec codec() {
        return codec;
    }

    Transport transport() {
        return transport;
    }

    EventLoops eventLoops() {
        return eventLoops;
    }

    OutgoingRequests requests() {
        return requests;
    }

    ProviderFailures failures() {
        return failures;
    }
}
