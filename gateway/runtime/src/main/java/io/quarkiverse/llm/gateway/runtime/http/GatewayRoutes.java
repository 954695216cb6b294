package io.quarkiverse.llm.gateway.runtime.http;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.quarkiverse.llm.gateway.runtime.answer.Answering;
import io.quarkiverse.llm.gateway.runtime.answer.Gateway;
import io.quarkiverse.llm.gateway.runtime.answer.GatewayTimes;
import io.quarkiverse.llm.gateway.runtime.answer.RequestReader;
import io.quarkiverse.llm.gateway.runtime.answer.TokenCounting;
import io.quarkiverse.llm.gateway.runtime.answer.Via;
import io.quarkiverse.llm.gateway.runtime.config.LlmGatewayRuntimeConfig;
import io.quarkiverse.llm.gateway.runtime.routing.ListedModels;
import io.quarkiverse.llm.gateway.runtime.routing.ModelCatalog;
import io.quarkiverse.llm.gateway.runtime.routing.ModelRouter;
import io.quarkiverse.llm.gateway.runtime.routing.Routes;
import io.quarkiverse.llm.gateway.runtime.routing.RoutesCheck;
import io.quarkiverse.llm.gateway.runtime.seal.Sealing;
import io.quarkiverse.llm.runtime.config.preset.ReasoningField;
import io.quarkiverse.llm.gateway.runtime.state.ResponseStore;
import io.quarkiverse.llm.gateway.runtime.state.Turns;
import io.quarkiverse.llm.gateway.runtime.store.StateStore;
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
        /** Makes a chat completion. */
        CHAT_COMPLETIONS("chat/completions"),
        /** Lists the models. */
        MODELS("models"),
        /** Tells of one model, whose name may have slashes. */
        MODEL("models/*");

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
    private final RequestBody body;
    private final ListedModels models;
    private final Map<Place, Handler<RoutingContext>> routes = new EnumMap<>(Place.class);

    /**
     * @param store of all that is kept; empty where nothing is
     * @throws ConfigurationException with a sentence that names the key and the mend
     */
    public GatewayRoutes(LlmGatewayRuntimeConfig config, LlmRegistry registry, Vertx vertx, Optional<StateStore> store) {
        new RoutesCheck(registry).check(config.routes());
        Routes byModel = Routes.of(config.routes());
        ModelCatalog catalog = new ModelCatalog(registry, vertx, config.modelsRefresh());
        ModelRouter router = new ModelRouter(registry, catalog, byModel, config.unknownModel());
        Gateway gateway = new Gateway(registry, router,
                GatewayTimes.of(config.commitAfter(), config.keepAlive(), config.writeTimeout(),
                        config.store().timeout()),
                DegradeMode.valueOf(config.degrade().name()),
                config.passThrough().orElse(Set.of()), new Via(Ids.made("quarkus-llm")),
                store.map(ResponseStore::new).map(Turns::new), config.store().streamEvents(),
                Sealing.of(config.encryptionKeys().orElse(List.of())));
        active = config.active();
        body = new RequestBody(config.maxBodySize().asLongValue(), config.bodyTimeout(),
                config.maxBodiesSize().map(size -> new BodyRoom(size.asLongValue())).orElseGet(BodyRoom::ofHeap));
        ResponsesServerCodec responses = new ResponsesServerCodec(ReasoningDialect.valueOf(config.reasoning().name()));
        ChatServerCodec chat = new ChatServerCodec(ReasoningField.valueOf(config.chatReasoning().name()));
        models = new ListedModels(registry, catalog, byModel);
        serve(Place.RESPONSES, Map.of(HttpMethod.POST, route(gateway, new Answering(gateway, responses))));
        serve(Place.INPUT_TOKENS, Map.of(HttpMethod.POST, route(gateway, new TokenCounting(gateway, responses))));
        serve(Place.CHAT_COMPLETIONS, Map.of(HttpMethod.POST, route(gateway, new Answering(gateway, chat))));
        serve(Place.MODELS, Map.of(HttpMethod.GET, new ModelsRoute(models)));
        serve(Place.MODEL, Map.of(HttpMethod.GET, new ModelsRoute(models)));
    }

    private Handler<RoutingContext> route(Gateway gateway, RequestReader reader) {
        return new RequestRoute(gateway, body, reader);
    }

    private void serve(Place place, Map<HttpMethod, Handler<RoutingContext>> methods) {
        routes.put(place, new Methods(active, methods));
    }

    /** The models that are served. */
    public ListedModels models() {
        return models;
    }

    public Handler<RoutingContext> at(Place place) {
        return routes.get(place);
    }
}
