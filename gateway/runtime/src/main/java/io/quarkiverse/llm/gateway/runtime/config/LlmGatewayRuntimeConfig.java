package io.quarkiverse.llm.gateway.runtime.config;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.quarkiverse.llm.Secret;
import io.quarkus.runtime.annotations.ConfigDocMapKey;
import io.quarkus.runtime.annotations.ConfigPhase;
import io.quarkus.runtime.annotations.ConfigRoot;
import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;

/** What the start of the application decides of the gateway. */
@ConfigMapping(prefix = "quarkus.llm-gateway")
@ConfigRoot(phase = ConfigPhase.RUN_TIME)
public interface LlmGatewayRuntimeConfig {

    /**
     * Whether requests are answered. When it is false, each gets status 503.
     */
    @WithDefault("true")
    boolean active();

    /**
     * Who may use the gateway: {@code api-key} those who send one of {@code keys}, {@code quarkus-security} those whom a
     * security extension of the application knows, {@code none} everybody who reaches it. {@code api-key} unless set; in
     * development and test {@code none} where there are no {@code keys}.
     */
    Optional<Authentication> authentication();

    /**
     * The keys of those who may use the gateway, by the name of who has it. What somebody keeps in the gateway belongs to the
     * name, so that the value can be changed.
     */
    @ConfigDocMapKey("name")
    Map<String, KeyConfig> keys();

    /**
     * What each caller may ask for, unless its key has a limit of its own. A caller is a key; a user with
     * {@code quarkus-security}; with {@code none} everybody together, or each key of {@code client-keys-to}.
     */
    LimitsConfig limits();

    /**
     * How many WebSockets may be open to the gateway at once. Must be larger than 0.
     */
    @WithDefault("1000")
    int maxWebsockets();

    /**
     * The providers, {@code default} for the default one, that get the key of the client as their API key in place of the
     * configured one: what it sends as bearer token or in the header {@code api-key}. For a client that sends none it is the
     * configured one. No other provider gets it. Not with {@code authentication=api-key}, since the key is the gateway's there.
     * None unless set.
     */
    Optional<Set<String>> clientKeysTo();

    /**
     * Where requests for a model go: {@code quarkus.llm-gateway.routes."fast"=local:qwen3:4b} sends those for {@code fast} to
     * the provider {@code local}, which is asked for {@code qwen3:4b}; {@code local} alone means that provider's own model. The
     * default provider is called {@code default}. A name that ends in {@code *} stands for all names that begin like that; what
     * {@code *} stood for replaces the {@code *} of the value: {@code quarkus.llm-gateway.routes."gpt-*"=cloud:openai/gpt-*}. A
     * request goes, in this order, to the route of exactly that name, to {@code provider/model}, to a provider that has the
     * model (its server lists it, or it is configured with it; the default provider first, then by name), to the longest route
     * with a {@code *}, and else where {@code unknown-model} says. One that names no model goes to the default or the only
     * provider, for its own model. There are no routes unless set; one that leads nowhere fails the start.
     */
    @ConfigDocMapKey("model-name")
    Map<String, String> routes();

    /**
     * What becomes of a request for a model that no route leads to and no provider has: {@code default} hands the name on
     * when there is exactly one provider, {@code reject} answers 404. With several providers both answer 404. A default
     * provider that only stands for another one does not count.
     */
    @WithDefault("default")
    UnknownModel unknownModel();

    /**
     * How long the list of models of a provider is taken for true. It is asked for when it is needed, not before;
     * requests go by an old one while the new one comes. For a model that is not in it, it is asked for at once, but
     * not twice in 5 seconds. A provider that does not answer within 5 seconds has the models that it had before.
     * With {@code 0s} a list is old at once. Must not be negative.
     */
    @WithDefault("60s")
    Duration modelsRefresh();

    /**
     * Top-level fields of requests that are handed on as they are, besides those that the API of the request has:
     * {@code chat_template_kwargs,top_k,seed}. All others are left out with a warning. None are handed on unless set.
     */
    Optional<Set<String>> passThrough();

    /**
     * What becomes of that in a replayed conversation which the provider cannot take, such as an image for a model without
     * eyes: {@code placeholder} puts a short text in its place, {@code skip} leaves it out.
     */
    @WithDefault("placeholder")
    Degrade degrade();

    /**
     * What seals the {@code encrypted_content} that clients carry for the gateway: random texts of at least 16 characters,
     * separated by commas. The first one seals, all of them open: put a new one in front, and take the old one away when the
     * conversations of its time are over. Instances that answer for each other need the same. Not set, each start makes a key
     * of its own: what clients bring back from before a restart, or from another instance, is left out.
     */
    Optional<List<Secret>> encryptionKeys();

    /**
     * How reasoning is shown over the Responses API. {@code summary} is what every client understands; {@code reasoning-text}
     * are OpenAI's events for the reasoning itself, {@code reasoning} those of Open Responses.
     */
    @WithDefault("summary")
    Reasoning reasoning();

    /**
     * How reasoning is shown over Chat Completions: in the field {@code reasoning-content}, in the field {@code reasoning}, or
     * not at all with {@code none}.
     */
    @WithDefault("reasoning-content")
    ChatReasoning chatReasoning();

    /**
     * The largest body of a request. It holds for the routes of the gateway in place of
     * {@code quarkus.http.limits.max-body-size}. A larger one is refused with status 413. Must be larger than 0.
     */
    @WithDefault("64M")
    MemorySize maxBodySize();

    /**
     * How large the bodies of all requests under way may be together. Each is in memory several times while it is read and sent
     * on. Further ones are refused with status 503. An eighth of the heap unless set.
     */
    Optional<MemorySize> maxBodiesSize();

    /**
     * How long the body of a request may take to arrive: longer than {@code 0s}.
     */
    @WithDefault("60s")
    Duration bodyTimeout();

    /**
     * How long the status of a streamed answer waits for its first content. Until then a failure has a status of its own;
     * after that the client is told that the answer has begun, and failures come as events. With {@code 0s} each answer begins
     * at once. Must not be negative.
     */
    @WithDefault("10s")
    Duration commitAfter();

    /**
     * How long a stream may be silent until the client gets a sign of life. Must be shorter than the idle limits of clients and
     * of proxies on the way, and longer than {@code 0s}.
     */
    @WithDefault("15s")
    Duration keepAlive();

    /**
     * How long a client may take nothing of a streamed answer while there is more for it. Its provider waits as long,
     * and with it who waits for room there. After that the connection is closed.
     */
    @WithDefault("2m")
    Duration writeTimeout();

    /**
     * The Responses API over WebSockets.
     */
    @WithName("websocket")
    WebSocketConfig webSocket();

    /**
     * What is kept for later requests.
     */
    StoreConfig store();

    /**
     * What is made while nobody waits for it.
     */
    BackgroundConfig background();

    /** Who may use the gateway. */
    enum Authentication {
        /** Who sends a key that is configured. */
        API_KEY,
        /** Whom Quarkus' security knows. */
        QUARKUS_SECURITY,
        /** Everybody. */
        NONE
    }

    /** What becomes of a request for a model that is not known. */
    enum UnknownModel {
        /** It goes to the only provider. */
        DEFAULT,
        /** It is refused. */
        REJECT
    }

    /** What becomes of what cannot be taken over from a conversation. */
    enum Degrade {
        /** A short text that says what stood there. */
        PLACEHOLDER,
        /** Nothing. */
        SKIP
    }

    /** Reasoning over the Responses API. */
    enum Reasoning {
        /** As its summary. */
        SUMMARY,
        /** With the events of OpenAI. */
        REASONING_TEXT,
        /** With the events of Open Responses. */
        REASONING
    }

    /** Reasoning over Chat Completions. */
    enum ChatReasoning {
        /** In the field {@code reasoning_content}. */
        REASONING_CONTENT,
        /** In the field {@code reasoning}. */
        REASONING,
        /** Not at all. */
        NONE
    }
}
