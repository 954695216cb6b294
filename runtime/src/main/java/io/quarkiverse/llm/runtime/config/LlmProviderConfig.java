package io.quarkiverse.llm.runtime.config;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.quarkiverse.llm.Secret;
import io.quarkiverse.llm.runtime.config.preset.Preset;
import io.quarkiverse.llm.runtime.config.preset.QuirksConfig;
import io.quarkiverse.llm.runtime.config.preset.WireApi;
import io.quarkiverse.llm.runtime.config.value.TrueOrFalse;
import io.quarkus.runtime.annotations.ConfigDocMapKey;
import io.quarkus.runtime.annotations.ConfigGroup;
import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;

/** The settings of one provider. */
@ConfigGroup
public interface LlmProviderConfig {

    /**
     * Where the server is: {@code http://localhost:8080}, {@code https://api.example.com/v1}. A path is taken as it is, with or
     * without a trailing slash; a URL without a path gets {@code /v1}, or what is usual for such a server: {@code /openai/v1}
     * for Azure and Groq, {@code /api/v1} for OpenRouter; a pasted {@code /chat/completions} or {@code /responses} is cut off;
     * a query goes along with each request. A provider exists as soon as it has this or {@code preset}.
     */
    Optional<String> baseUrl();

    /**
     * What kind of server it is. Fills in the base URL of hosted servers and the usual one of local servers, and the ways in
     * which the server differs from others. Without it the host of the base URL decides; a host that nothing is known of is
     * {@code generic}.
     */
    Optional<@WithConverter(NamedValueConverters.OfPreset.class) Preset> preset();

    /**
     * The API key, sent as a bearer token unless {@code quirks.key-header} or the preset wants another header. It goes to the
     * server of this provider only. For the default provider alone, a key without a base URL means OpenAI.
     */
    Optional<Secret> apiKey();

    /**
     * The organization that requests are counted for, sent as header {@code OpenAI-Organization}. None is sent unless set.
     */
    Optional<String> organization();

    /**
     * The project that requests are counted for, sent as header {@code OpenAI-Project}. None is sent unless set.
     */
    Optional<String> project();

    /**
     * The model for requests that do not name one. Unless set, such requests name none, and the server decides or refuses.
     */
    Optional<String> model();

    /**
     * Headers that are sent with each request. They win over those that the extension sets itself, {@code Authorization}
     * included, and count as secrets.
     */
    @ConfigDocMapKey("header-name")
    Map<String, Secret> headers();

    /**
     * Parameters that are added to the query of each request. They count as secrets.
     */
    @ConfigDocMapKey("parameter-name")
    Map<String, Secret> queryParameters();

    /**
     * Top-level fields that are added to the body of each request; what the request itself says wins, and they win over what is
     * configured elsewhere. A value that is JSON is
     * taken as that ({@code 40}, {@code true}, {@code {"enable_thinking":false}}), anything else as a string; a string that
     * looks like JSON is written with its quotes: {@code "40"}.
     */
    @ConfigDocMapKey("field-name")
    Map<String, Secret> extraBody();

    /**
     * How freely the model chooses, usually 0 to 2. The server decides unless set; so do all settings of sampling.
     */
    Optional<Double> temperature();

    /**
     * Only the most likely tokens up to this cumulated probability are considered, 0 to 1.
     */
    Optional<Double> topP();

    /**
     * -2 to 2; positive values favour new topics.
     */
    Optional<Double> presencePenalty();

    /**
     * -2 to 2; positive values disfavour repetition.
     */
    Optional<Double> frequencyPenalty();

    /**
     * For answers that can be repeated, where the server can.
     */
    Optional<Long> seed();

    /**
     * Sequences that end the answer; they are not part of it.
     */
    Optional<List<String>> stop();

    /**
     * Limit of the answer in tokens, reasoning included. An answer that reaches it is incomplete.
     */
    Optional<Long> maxOutputTokens();

    /**
     * Whether the model may ask for several tool calls at once. The server decides unless set.
     */
    Optional<@WithConverter(TrueOrFalse.class) Boolean> parallelToolCalls();

    /**
     * How much the model shall think: {@code none}, {@code minimal}, {@code low}, {@code medium}, {@code high}, {@code xhigh}.
     * Servers know different ones and decide unless it is set.
     */
    Optional<String> reasoningEffort();

    /**
     * Asks for a summary of the reasoning: {@code auto}, {@code concise} or {@code detailed}. Chat Completions has none.
     */
    Optional<String> reasoningSummary();

    /**
     * How long-winded the answer shall be: {@code low}, {@code medium} or {@code high}. The server decides unless set.
     */
    Optional<String> verbosity();

    /**
     * Whether a stream is asked to report the tokens it used ({@code stream_options.include_usage}). To be switched off for
     * servers that refuse the field. The preset decides unless set; for most servers it is asked.
     */
    Optional<@WithConverter(TrueOrFalse.class) Boolean> includeUsage();

    /**
     * The wire API: {@code responses}, {@code chat-completions}, or {@code auto}, which takes the one that the request needs,
     * else the one that the server is known to understand, and when the server turns out not to understand it, the other one.
     */
    @WithDefault("auto")
    @WithConverter(NamedValueConverters.OfWireApi.class)
    WireApi wireApi();

    /**
     * What requests travel over: {@code sse}, which is HTTP; {@code websocket}, for the Responses API alone, which keeps a
     * connection and sends only what is new of a conversation; or {@code auto}, which takes a WebSocket where the server is
     * known to have it, and HTTP where that fails.
     */
    @WithDefault("auto")
    @WithConverter(NamedValueConverters.OfStreamTransport.class)
    StreamTransport transport();

    /** WebSockets. */
    WebSocketConfig websocket();

    /**
     * What becomes of answers that depart from their wire API: {@code lenient} repairs what can be repaired, {@code strict}
     * fails, to test a server.
     */
    @WithDefault("lenient")
    @WithConverter(NamedValueConverters.OfDecoding.class)
    Decoding decoding();

    /**
     * Path of the Responses API, relative to the base URL, or absolute when it begins with a slash.
     */
    @WithDefault("responses")
    String responsesPath();

    /**
     * Path of the Chat Completions API, relative to the base URL, or absolute when it begins with a slash.
     */
    @WithDefault("chat/completions")
    String chatCompletionsPath();

    /**
     * Path of the list of models, relative to the base URL, or absolute when it begins with a slash.
     */
    @WithDefault("models")
    String modelsPath();

    /**
     * How long it may take until the connection to the server stands.
     */
    @WithDefault("10s")
    Duration connectTimeout();

    /**
     * How long a request may wait for room when {@code max-concurrent-requests} are under way.
     */
    @WithDefault("30s")
    Duration acquireTimeout();

    /**
     * How long it may take from the request to the first event of a stream. Long, since some servers load the model first.
     * Comments of the stream do not count.
     */
    @WithDefault("10m")
    Duration firstEventTimeout();

    /**
     * How long a stream may fall silent after its first event. Comments count as a sign of life. The clock stands still while
     * events wait for a subscriber that does not ask for them. After a finish reason, a silence of 5 seconds is taken for the
     * end that some servers do not send.
     */
    @WithDefault("2m")
    Duration idleTimeout();

    /**
     * How long a whole request may take, from asking for a connection to the end of the answer. Not limited unless set.
     */
    Optional<Duration> timeout();

    /**
     * The longest event of a stream. A longer one fails the stream.
     */
    @WithDefault("4M")
    MemorySize maxEventSize();

    /**
     * The longest answer, streamed or not. A longer one fails the request.
     */
    @WithDefault("64M")
    MemorySize maxResponseSize();

    /**
     * How many requests may be under way at a time. Over HTTP/1.1 each has a connection.
     */
    @WithDefault("10000")
    int maxConcurrentRequests();

    /**
     * How many further requests may wait for room. More fail at once.
     */
    @WithDefault("10000")
    int maxQueuedRequests();

    /**
     * How long an idle connection is kept for the next request.
     */
    @WithDefault("60s")
    Duration keepAliveTimeout();

    /**
     * Whether HTTP/2 is negotiated with servers reached over TLS. Clear text is always HTTP/1.1.
     */
    @WithDefault("true")
    @WithConverter(TrueOrFalse.class)
    boolean http2();

    /**
     * The TLS configuration to use ({@code quarkus.tls.NAME.*}). The certificates that Java trusts hold unless set.
     */
    Optional<String> tlsConfigurationName();

    /**
     * The proxy configuration to use ({@code quarkus.proxy.NAME.*}); {@code none} for no proxy. Unless set, the default proxy
     * configuration holds where there is one.
     */
    Optional<String> proxyConfigurationName();

    /**
     * Whether requests are logged, secrets masked.
     */
    @WithDefault("false")
    @WithConverter(TrueOrFalse.class)
    boolean logRequests();

    /**
     * Whether answers are logged, secrets masked.
     */
    @WithDefault("false")
    @WithConverter(TrueOrFalse.class)
    boolean logResponses();

    /** Recordings of exchanges. */
    RecordConfig record();

    /**
     * Where the server differs from others.
     */
    QuirksConfig quirks();

    /**
     * What the server and its model can do.
     */
    CapabilitiesConfig capabilities();
}
