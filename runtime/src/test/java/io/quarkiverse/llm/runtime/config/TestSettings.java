package io.quarkiverse.llm.runtime.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

import io.quarkiverse.llm.GenerationOptions;
import io.quarkiverse.llm.LlmCapabilities;
import io.quarkiverse.llm.RawJson;
import io.quarkiverse.llm.Secret;
import io.quarkiverse.llm.runtime.config.preset.Preset;
import io.quarkiverse.llm.runtime.config.preset.Quirk;
import io.quarkiverse.llm.runtime.config.preset.Quirks;
import io.quarkiverse.llm.runtime.config.preset.WireApi;

/** Settings of a provider, generous unless a test says otherwise. */
public final class TestSettings {

    public static final Duration LONG = Duration.ofSeconds(30);

    private String name = "test";
    private Optional<Preset> preset = Optional.empty();
    private Quirks quirks = Preset.GENERIC.quirks();
    private LlmCapabilities capabilities = Preset.GENERIC.capabilities();
    private GenerationOptions options = GenerationOptions.NONE;
    private Optional<String> tls = Optional.empty();
    private Optional<String> proxy = Optional.empty();
    private final String baseUrl;
    private Optional<String> model = Optional.of("configured-model");
    private Optional<Secret> apiKey = Optional.empty();
    private Optional<String> organization = Optional.empty();
    private Optional<String> project = Optional.empty();
    private final Map<String, Secret> headers = new LinkedHashMap<>();
    private final Map<String, RawJson> extraBody = new LinkedHashMap<>();
    private Duration connect = LONG;
    private Duration acquire = LONG;
    private Duration firstEvent = LONG;
    private Duration idle = LONG;
    private Optional<Duration> total = Optional.empty();
    private int maxEventSize = 1_000_000;
    private int maxResponseSize = 100_000_000;
    private int maxConcurrent = 100;
    private int maxQueued = 100;
    private Duration keepAlive = Duration.ofSeconds(60);
    private boolean http2;
    private WebSocketSettings webSocket = WebSocketSettings.DEFAULT;
    private boolean log;
    private WireSettings wire = WireSettings.DEFAULT.withApi(WireApi.CHAT_COMPLETIONS);
    private Optional<Path> recordDirectory = Optional.empty();

    private TestSettings(String baseUrl) {
        this.baseUrl = baseUrl;
    }

    public static TestSettings of(String baseUrl) {
        return new TestSettings(baseUrl);
    }

    public TestSettings name(String name) {
        this.name = name;
        return this;
    }

    public TestSettings preset(Preset preset) {
        this.preset = Optional.of(preset);
        quirks = preset.quirks();
        capabilities = preset.capabilities();
        wire = wire(preset.wireApi(), wire.decoding());
        return this;
    }

    private WireSettings wire(WireApi usual, Decoding decoding) {
        return new WireSettings(wire.api(), usual, wire.transport(), decoding, wire.chatCompletionsPath(), wire.responsesPath(),
                wire.modelsPath());
    }

    public <T> TestSettings quirk(Quirk<T> quirk, T value) {
        quirks = quirks.with(quirk, value);
        return this;
    }

    public TestSettings capabilities(LlmCapabilities capabilities) {
        this.capabilities = capabilities;
        return this;
    }

    /** Chat Completions unless said. */
    public TestSettings api(WireApi api) {
        wire = wire.withApi(api);
        return this;
    }

    public TestSettings transport(StreamTransport transport) {
        wire = wire.withTransport(transport);
        return this;
    }

    public TestSettings decoding(Decoding decoding) {
        wire = wire(wire.usual(), decoding);
        return this;
    }

    public TestSettings model(Optional<String> model) {
        this.model = model;
        return this;
    }

    public TestSettings options(GenerationOptions options) {
        this.options = options;
        return this;
    }

    public TestSettings withoutUsage() {
        return quirk(Quirk.INCLUDE_USAGE, false);
    }

    public TestSettings registries(Optional<String> tls, Optional<String> proxy) {
        this.tls = tls;
        this.proxy = proxy;
        return this;
    }

    public TestSettings apiKey(String apiKey) {
        this.apiKey = Optional.of(Secret.of(apiKey));
        return this;
    }

    public TestSettings organization(String organization, String project) {
        this.organization = Optional.of(organization);
        this.project = Optional.of(project);
        return this;
    }

    public TestSettings header(String name, String value) {
        headers.put(name, Secret.of(value));
        return this;
    }

    public TestSettings extraBody(String name, String json) {
        extraBody.put(name, RawJson.of(json));
        return this;
    }

    public TestSettings connect(Duration connect) {
        this.connect = connect;
        return this;
    }

    public TestSettings acquire(Duration acquire) {
        this.acquire = acquire;
        return this;
    }

    public TestSettings firstEvent(Duration firstEvent) {
        this.firstEvent = firstEvent;
        return this;
    }

    public TestSettings idle(Duration idle) {
        this.idle = idle;
        return this;
    }

    public TestSettings total(Duration total) {
        this.total = Optional.of(total);
        return this;
    }

    public TestSettings sizes(int maxEventSize, int maxResponseSize) {
        this.maxEventSize = maxEventSize;
        this.maxResponseSize = maxResponseSize;
        return this;
    }

    public TestSettings concurrency(int maxConcurrent, int maxQueued) {
        this.maxConcurrent = maxConcurrent;
        this.maxQueued = maxQueued;
        return this;
    }

    public TestSettings keepAlive(Duration keepAlive) {
        this.keepAlive = keepAlive;
        return this;
    }

    public TestSettings webSocket(UnaryOperator<WebSocketSettings> change) {
        this.webSocket = change.apply(webSocket);
        return this;
    }

    public TestSettings http2() {
        this.http2 = true;
        return this;
    }

    public TestSettings log() {
        this.log = true;
        return this;
    }

    public TestSettings record(Path directory) {
        this.recordDirectory = Optional.of(directory);
        return this;
    }

    public ProviderSettings build() {
        return new ProviderSettings(name, Endpoint.of(baseUrl, Map.of(), preset), apiKey, organization, project,
                model, headers, extraBody, options, wire, quirks, capabilities,
                new TimeLimits(connect, acquire, firstEvent, idle, total),
                new SizeLimits(maxEventSize, maxResponseSize),
                new ConnectionSettings(maxConcurrent, maxQueued, keepAlive, http2, tls, proxy),
                webSocket, log, log, recordDirectory);
    }
}
