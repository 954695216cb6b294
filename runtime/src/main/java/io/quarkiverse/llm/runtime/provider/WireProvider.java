package io.quarkiverse.llm.runtime.provider;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

import org.jboss.logging.Logger;

import io.quarkiverse.llm.Capability;
import io.quarkiverse.llm.LlmCapabilities;
import io.quarkiverse.llm.LlmCapabilities.Source;
import io.quarkiverse.llm.LlmCapabilities.Support;
import io.quarkiverse.llm.LlmEvent;
import io.quarkiverse.llm.LlmException;
import io.quarkiverse.llm.LlmListener;
import io.quarkiverse.llm.LlmModel;
import io.quarkiverse.llm.LlmProvider;
import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.LlmResponse;
import io.quarkiverse.llm.LlmTransportException;
import io.quarkiverse.llm.StoredResponses;
import io.quarkiverse.llm.runtime.config.KnownCapabilities;
import io.quarkiverse.llm.runtime.config.ProviderSettings;
import io.quarkiverse.llm.runtime.config.SecretMask;
import io.quarkiverse.llm.runtime.config.SettingKey;
import io.quarkiverse.llm.runtime.config.preset.WireApi;
import io.quarkiverse.llm.runtime.transport.Failures;
import io.quarkiverse.llm.runtime.transport.OutgoingRequest;
import io.quarkiverse.llm.runtime.transport.Transport;
import io.quarkiverse.llm.runtime.wire.DiscoveredCapabilities;
import io.quarkiverse.llm.runtime.wire.WireCodec;
import io.quarkiverse.llm.runtime.wire.responses.ResponsesCodec;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;

/**
 * A provider whose server is reached with these settings, in one of these wire APIs, over this transport. What it finds out
 * about its server is gone with it: other settings are another provider. Thread-safe.
 */
public final class WireProvider implements LlmProvider {

    private static final Logger LOG = Logger.getLogger(WireProvider.class.getPackageName());

    private final ProviderSettings settings;
    private final Vertx vertx;
    private final Transports transports;
    private final TransportChoice transportChoice;
    private final EventLoops eventLoops;
    private final OutgoingRequests requests;
    private final StoredRequests stored;
    private final ResponsesCodec responsesCodec;
    private final ProviderFailures failures;
    private final WireFindings findings;
    private final WireChoice choice;
    private final RepairReport repairs;
    /** What the server told when it was last asked for its models. */
    private volatile LlmCapabilities discovered = LlmCapabilities.UNKNOWN;

    /** With one wire API, and nobody to hear of it. */
    public WireProvider(ProviderSettings settings, WireCodec codec, Transport transport, Vertx vertx) {
        this(settings, List.of(codec), transport, vertx, List::of);
    }

    /**
     * @param codecs the wire APIs to choose from
     * @param listeners are told of what happens here; asked for when there is something to tell
     */
    public WireProvider(ProviderSettings settings, List<WireCodec> codecs, Transport transport, Vertx vertx,
            Supplier<List<LlmListener>> listeners) {
        this(settings, codecs, transport, vertx, listeners, new WireFindings());
    }

    WireProvider(ProviderSettings settings, List<WireCodec> codecs, Transport transport, Vertx vertx,
            Supplier<List<LlmListener>> listeners, WireFindings findings) {
        this(settings, codecs, transport, vertx, new RepairReport(settings.name(), listeners), findings);
    }

    private WireProvider(ProviderSettings settings, List<WireCodec> codecs, Transport transport, Vertx vertx,
            RepairReport repairs, WireFindings findings) {
        this.findings = findings;
        this.settings = settings;
        this.vertx = vertx;
        this.transports = Transports.of(transport);
        this.transportChoice = new TransportChoice(settings, transports.webSocket().isPresent(), System::nanoTime);
        this.eventLoops = new EventLoops(vertx);
        this.requests = new OutgoingRequests(settings, codecs);
        this.responsesCodec = codecs.stream().filter(ResponsesCodec.class::isInstance).map(ResponsesCodec.class::cast)
                .findFirst().orElseGet(() -> new ResponsesCodec(settings));
        this.failures = new ProviderFailures(settings.name(), SecretMask.of(settings));
        this.choice = new WireChoice(settings, codecs, findings);
        this.stored = new StoredRequests(settings, requests, choice);
        this.repairs = repairs;
    }

    @Override
    public String name() {
        return settings.name();
    }

    @Override
    public Multi<LlmEvent> stream(LlmRequest request) {
        Objects.requireNonNull(request, "request");
        return new EventMulti(eventLoops, failures.of(request),
                (context, taker) -> new Attempts(this, request, true, context, taker));
    }

    /**
     * As its parent says. The response arrives on the caller's context when that belongs to an event loop, else on an event
     * loop: not on a worker's context, which someone who waits there would block.
     */
    @Override
    public Uni<LlmResponse> complete(LlmRequest request) {
        Objects.requireNonNull(request, "request");
        return isBackground(request) ? background(request) : whole(request);
    }

    private Uni<LlmResponse> whole(LlmRequest request) {
        return Uni.createFrom().emitter(emitter -> new WholeResponse(this, request, emitter).start());
    }

    private static boolean isBackground(LlmRequest request) {
        return request.background().orElse(false);
    }

    private Uni<LlmResponse> background(LlmRequest request) {
        ProviderFailures told = failures.of(request);
        return Uni.createFrom().emitter(emitter -> {
            Deadline deadline = new Deadline(settings, request);
            new BackgroundPoll(eventLoops.forCaller(), whole(request),
                    id -> lookUp(() -> stored.get(id, request, deadline.limits()), request, told),
                    told, deadline, emitter).start();
        });
    }

    /** A stream that was begun at another time. */
    Multi<LlmEvent> storedStream(String responseId, long startingAfter) {
        Transport begun = new ResumingTransport(transports.http(), settings, stored, failures, StoredRequests.ANY,
                Optional.of(new ResumingTransport.Stored(responseId, startingAfter)));
        WireCodec codec = startingAfter < 0 ? responsesCodec : responsesCodec.forRestOfStream();
        return new WireProvider(settings.withWire(settings.wire().withApi(WireApi.RESPONSES)), List.of(codec),
                transports.withHttp(begun), vertx, repairs, new WireFindings()).stream(StoredRequests.ANY);
    }

    @Override
    public StoredResponses responses() {
        return new WireStoredResponses(this, stored);
    }

    @Override
    public Uni<List<LlmModel>> models() {
        return whole(requests::models, () -> new ReadingModels(failures), failures).invoke(this::discover);
    }

    @Override
    public Uni<Long> inputTokens(LlmRequest request) {
        Objects.requireNonNull(request, "request");
        ProviderFailures told = failures.of(request);
        return whole(() -> requests.inputTokens(responsesCodec, request), () -> new ReadingInputTokens(told), told)
                .onFailure(LlmException.class).transform(MissingCount::orElse);
    }

    private void discover(List<LlmModel> models) {
        discovered = KnownCapabilities.best(
                KnownCapabilities.of(Map.of(Capability.MODEL_LISTING, Support.YES), Source.FOUND),
                KnownCapabilities.of(DiscoveredCapabilities.of(models, settings.model()), Source.DISCOVERED))
                .withContextWindow(DiscoveredCapabilities.contextWindow(models, settings.model()));
    }

    /**
     * Asks nobody: what is configured, which wire API requests for the configured model have found, what the server told of it
     * when {@link #models()} was last asked, and what the preset knows, the first of them that says something.
     */
    @Override
    public LlmCapabilities capabilities() {
        return KnownCapabilities.best(settings.capabilities(), findings.capabilities(settings.model()),
                transportChoice.capabilities(), discovered);
    }

    /**
     * A response that is stored.
     *
     * @param of what it answers
     */
    Uni<LlmResponse> lookUp(Supplier<OutgoingRequest> request, LlmRequest of, ProviderFailures told) {
        return whole(request, () -> new ReadingResponse(events -> responsesCodec.storedResponseDecoder(of, events),
                met -> repairs.ended(of, met)), told);
    }

    <T> Uni<T> whole(Supplier<OutgoingRequest> request, Supplier<WholeAnswer.Reading<T>> reading,
            ProviderFailures told) {
        return Uni.createFrom().emitter(emitter -> new WholeAnswer<T>(this, request, reading.get(), told, emitter).start());
    }

    /** For this request. */
    Transport transport(LlmRequest request, boolean stream) {
        return stream && isBackground(request)
                ? new ResumingTransport(transports.http(), settings, stored, failures.of(request), request, Optional.empty())
                : transports.http();
    }

    /** A request has shown which wire API the server has. */
    void found(LlmRequest request, WireFindings.Finding finding) {
        String model = choice.model(request);
        if (findings.remember(model, finding)) {
            LOG.infof(
                    "%s does not have %s%s: the server %s. It has %s, which is used from now on; %s=%s says so from the start",
                    SettingKey.subject(name()), finding.missing().title(),
                    model.isEmpty() ? "" : " for the model '" + model + "'",
                    finding.sign(), finding.there().title(), new SettingKey(name(), "wire-api"), finding.there().configName());
        }
    }

    /** A request was answered over this wire API. */
    void answered(LlmRequest request, WireApi api) {
        findings.answered(choice.model(request), api);
    }

    /** Takes over what another provider has found, where both reach the same server in the same way. */
    void learnFrom(WireProvider other) {
        if (reach().equals(other.reach())) {
            findings.rememberAll(other.findings);
        }
        if (server().equals(other.server())) {
            transportChoice.learnFrom(other.transportChoice);
        }
    }

    /** All that decides who answers. */
    private List<Object> server() {
        return List.of(settings.endpoint(), settings.wire().responsesPath(), settings.connections().proxyConfiguration());
    }

    /** All that decides who answers, and how. */
    private List<Object> reach() {
        return List.of(settings.endpoint(), settings.apiKey(), settings.organization(), settings.project(), settings.headers(),
                settings.wire(), settings.quirks(), settings.capabilities(), settings.connections().proxyConfiguration());
    }

    WireChoice choice() {
        return choice;
    }

    RepairReport repairs() {
        return repairs;
    }

    Transport http() {
        return transports.http();
    }

    /**
     * A request begins; then {@link #over} is to be called once, after its last exchange.
     *
     * @throws LlmTransportException when the provider is closed
     */
    void begin() {
        if (!transports.begin()) {
            throw new Failures(settings).closed();
        }
    }

    void over() {
        transports.over();
    }

    TransportChoice transportChoice() {
        return transportChoice;
    }

    /** A turn over WebSocket. Where HTTP takes it as well, it waits for no connection. */
    TurnExchange turn(ResponsesCodec codec, LlmRequest request, OutgoingRequest outgoing, Context context) {
        return new TurnExchange(transports.webSocket().orElseThrow(), context, new TurnSource(codec.turn(request), request),
                outgoing, !transportChoice.mayGoWithout(WebSocketFailure.BOUND));
    }

    /**
     * A request was answered over HTTP, which had failed over a WebSocket.
     *
     * @param at when it had, of {@link System#nanoTime}
     */
    void withoutWebSocket(LlmException failure, long at) {
        if (transportChoice.failed(at)) {
            LOG.infof("%s takes server-sent events for the next 5 minutes, since the WebSocket failed: %s",
                    SettingKey.subject(name()), failure.getMessage());
        }
    }

    OutgoingRequests requests() {
        return requests;
    }

    EventLoops eventLoops() {
        return eventLoops;
    }

    ProviderFailures failures() {
        return failures;
    }
}
