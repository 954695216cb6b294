package io.quarkiverse.llm.gateway.runtime.http;

import java.time.Duration;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

import io.quarkiverse.llm.gateway.runtime.access.Access;
import io.quarkiverse.llm.gateway.runtime.answer.Answering;
import io.quarkiverse.llm.gateway.runtime.answer.BodyRoom;
import io.quarkiverse.llm.gateway.runtime.answer.Compaction;
import io.quarkiverse.llm.gateway.runtime.answer.Gateway;
import io.quarkiverse.llm.gateway.runtime.answer.GatewayTimes;
import io.quarkiverse.llm.gateway.runtime.answer.Jobs;
import io.quarkiverse.llm.gateway.runtime.answer.RequestReader;
import io.quarkiverse.llm.gateway.runtime.answer.StoredAnswers;
import io.quarkiverse.llm.gateway.runtime.answer.TokenCounting;
import io.quarkiverse.llm.gateway.runtime.answer.Via;
import io.quarkiverse.llm.gateway.runtime.config.BackgroundConfig;
import io.quarkiverse.llm.gateway.runtime.config.LlmGatewayRuntimeConfig;
import io.quarkiverse.llm.gateway.runtime.limits.Limits;
import io.quarkiverse.llm.gateway.runtime.routing.ClientKeys;
import io.quarkiverse.llm.gateway.runtime.routing.ListedModels;
import io.quarkiverse.llm.gateway.runtime.routing.ModelCatalog;
import io.quarkiverse.llm.gateway.runtime.routing.ModelRouter;
import io.quarkiverse.llm.gateway.runtime.routing.Routes;
import io.quarkiverse.llm.gateway.runtime.routing.RoutesCheck;
import io.quarkiverse.llm.gateway.runtime.seal.Sealing;
import io.quarkiverse.llm.gateway.runtime.state.ConversationStore;
import io.quarkiverse.llm.gateway.runtime.state.JobTimes;
import io.quarkiverse.llm.gateway.runtime.state.Kept;
import io.quarkiverse.llm.gateway.runtime.state.ResponseStore;
import io.quarkiverse.llm.gateway.runtime.state.StoredJobs;
import io.quarkiverse.llm.gateway.runtime.state.Turns;
import io.quarkiverse.llm.gateway.runtime.store.StateStore;
import io.quarkiverse.llm.gateway.runtime.websocket.OpenWebSockets;
import io.quarkiverse.llm.gateway.runtime.websocket.WebSocketLimits;
import io.quarkiverse.llm.runtime.config.preset.ReasoningField;
import io.quarkiverse.llm.runtime.provider.LlmRegistry;
import io.quarkiverse.llm.runtime.wire.DegradeMode;
import io.quarkiverse.llm.runtime.wire.Ids;
import io.quarkiverse.llm.runtime.wire.chat.ChatServerCodec;
import io.quarkiverse.llm.runtime.wire.responses.ReasoningDialect;
import io.quarkiverse.llm.runtime.wire.responses.ResponsesServerCodec;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;

/** All that the gateway serves, by where it is. */
public final class GatewayRoutes {

    /** What is served, and below the path of the gateway where. */
    public enum Place {
        /** Makes a response. */
        RESPONSES("responses"),
        /** Counts the tokens of an input. */
        INPUT_TOKENS("responses/input_tokens"),
        /** Makes a conversation shorter. */
        COMPACT("responses/compact"),
        /** Tells of a response, and forgets it. */
        RESPONSE("responses/:id"),
        /** Stops a response that is made in the background. */
        CANCEL("responses/:id/cancel"),
        /** Lists what a response was asked. */
        INPUT_ITEMS("responses/:id/input_items"),
        /** Makes a conversation. */
        CONVERSATIONS("conversations"),
        /** A conversation. */
        CONVERSATION("conversations/:conversation_id"),
        /** The items of a conversation. */
        CONVERSATION_ITEMS("conversations/:conversation_id/items"),
        /** One item of a conversation. */
        CONVERSATION_ITEM("conversations/:conversation_id/items/:item_id"),
        /** Makes a chat completion. */
        CHAT_COMPLETIONS("chat/completions"),
        /** Lists the models. */
        MODELS("models"),
        /** Tells of one model, whose name may have slashes. */
        MODEL("models/*"),
        /** Tells what a caller has used. */
        USAGE("usage");

        private final String path;

        Place(String path) {
            this.path = path;
        }

        /** Below that of the gateway. */
        public String path() {
            return path;
        }
    }

    private final boolean active;
    private final Access access;
    private final RequestBody body;
    private final ListedModels models;
    private final OpenWebSockets sockets;
    private final Optional<Jobs> jobs;
    private final Map<Place, Handler<RoutingContext>> routes = new EnumMap<>(Place.class);

    /**
     * @param access finds out who asks
     * @param store of all that is kept; empty where nothing is
     * @throws ConfigurationException with a sentence that names the key and the mend
     */
    public GatewayRoutes(LlmGatewayRuntimeConfig config, Access access, LlmRegistry registry, Vertx vertx,
            Optional<StateStore> store) {
        this(config, access, registry, vertx, store, JobTimes.USUAL);
    }

    GatewayRoutes(LlmGatewayRuntimeConfig config, Access access, LlmRegistry registry, Vertx vertx,
            Optional<StateStore> store, JobTimes jobTimes) {
        new RoutesCheck(registry).check(config.routes());
        Routes byModel = Routes.of(config.routes());
        ModelCatalog catalog = new ModelCatalog(registry, vertx, config.modelsRefresh());
        ModelRouter router = new ModelRouter(registry, catalog, byModel, config.unknownModel());
        Optional<Turns> turns = store
                .map(kept -> new Turns(Optional.of(new Kept(new ResponseStore(kept), new ConversationStore(kept)))));
        Limits limits = new Limits(vertx, config.maxWebsockets());
        Gateway gateway = new Gateway(registry, router,
                GatewayTimes.of(config.commitAfter(), config.keepAlive(), config.writeTimeout(),
                        config.store().timeout()),
                DegradeMode.valueOf(config.degrade().name()),
                config.passThrough().orElse(Set.of()), new Via(Ids.made("quarkus-llm")),
                turns, config.store().streamEvents(),
                limits, ClientKeys.of(registry, config.clientKeysTo().orElse(Set.of())),
                Sealing.of(config.encryptionKeys().orElse(List.of())));
        active = config.active();
        this.access = access;
        BodyRoom room = config.maxBodiesSize().map(size -> new BodyRoom(size.asLongValue())).orElseGet(BodyRoom::ofHeap);
        body = new RequestBody(config.maxBodySize().asLongValue(), config.bodyTimeout(), room);
        ResponsesServerCodec responses = new ResponsesServerCodec(ReasoningDialect.valueOf(config.reasoning().name()));
        ChatServerCodec chat = new ChatServerCodec(ReasoningField.valueOf(config.chatReasoning().name()));
        models = new ListedModels(registry, catalog, byModel);
        Optional<StoredJobs> stored = store.map(there -> new StoredJobs(there, jobTimes));
        jobs = stored.filter(there -> config.background().enabled()).map(there -> new Jobs(there, limits(config.background())));
        Optional<StoredAnswers> answers = stored.map(there -> new StoredAnswers(there, jobs, gateway.times(), responses));
        Answering answering = new Answering(gateway, responses, jobs);
        sockets = new OpenWebSockets(new Answering(gateway.remembering(), responses, Optional.empty()),
                WebSocketLimits.of(config, room));
        Map<HttpMethod, Handler<RoutingContext>> respond = Map.of(HttpMethod.POST,
                new Guard(access, route(gateway, answering)));
        routes.put(Place.RESPONSES, config.webSocket().enabled()
                ? new Methods(active, respond, new Guard(access, new UpgradeRoute(gateway, sockets)))
                : new Methods(active, respond));
        serve(Place.RESPONSE, Map.of(HttpMethod.GET, new StoredRoute(answers, StoredRoute::get),
                HttpMethod.DELETE, new StoredRoute(answers, StoredRoute::delete)));
        serve(Place.CANCEL, Map.of(HttpMethod.POST, new StoredRoute(answers, StoredRoute::cancel)));
        serve(Place.INPUT_ITEMS, Map.of(HttpMethod.GET, new StoredRoute(answers, StoredRoute::inputItems)));
        serve(Place.INPUT_TOKENS, Map.of(HttpMethod.POST, route(gateway, new TokenCounting(gateway, responses))));
        serve(Place.COMPACT, Map.of(HttpMethod.POST, route(gateway, new Compaction(gateway, responses))));
        serve(Place.CHAT_COMPLETIONS, Map.of(HttpMethod.POST, route(gateway, new Answering(gateway, chat))));
        new ConversationRoutes(body, turns.flatMap(Turns::conversations)).all()
                .forEach(of -> serve(of.getKey(), of.getValue()));
        serve(Place.MODELS, Map.of(HttpMethod.GET, new ModelsRoute(models)));
        serve(Place.MODEL, Map.of(HttpMethod.GET, new ModelsRoute(models)));
        serve(Place.USAGE, Map.of(HttpMethod.GET, new UsageRoute(limits)));
    }

    private static Jobs.Limits limits(BackgroundConfig config) {
        return new Jobs.Limits(config.maxConcurrent(), config.maxQueued(), config.maxDuration(),
                config.maxEventsSize().asLongValue());
    }

    private Handler<RoutingContext> route(Gateway gateway, RequestReader reader) {
        return new RequestRoute(gateway, body, reader);
    }

    private void serve(Place place, Map<HttpMethod, Handler<RoutingContext>> methods) {
        Map<HttpMethod, Handler<RoutingContext>> guarded = new LinkedHashMap<>();
        methods.forEach((method, route) -> guarded.put(method, new Guard(access, route)));
        routes.put(place, new Methods(active, guarded));
    }

    /** The models that are served. */
    public ListedModels models() {
        return models;
    }

    /** The WebSockets that are open. */
    public OpenWebSockets webSockets() {
        return sockets;
    }

    /** When nothing is left of what this instance makes in the background. */
    public CompletableFuture<Void> whenIdle() {
        return jobs.map(Jobs::whenIdle).orElseGet(() -> CompletableFuture.completedFuture(null));
    }

    /** Ends what this instance makes in the background as failed, and waits until that is written. Not on an event loop. */
    public void close(Duration atMost) {
        jobs.ifPresent(left -> left.close(atMost));
    }

    public Handler<RoutingContext> at(Place place) {
        return routes.get(place);
    }
}
