package io.quarkiverse.llm.gateway.runtime.http;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.quarkiverse.llm.gateway.runtime.config.LlmGatewayRuntimeConfig;
import io.quarkiverse.llm.gateway.runtime.routing.ListedModels;
import io.quarkiverse.llm.gateway.runtime.routing.ModelCatalog;
import io.quarkiverse.llm.gateway.runtime.routing.ModelRouter;
import io.quarkiverse.llm.gateway.runtime.routing.Routes;
import io.quarkiverse.llm.gateway.runtime.routing.RoutesCheck;
import io.quarkiverse.llm.gateway.runtime.seal.Seal;
import io.quarkiverse.llm.gateway.runtime.seal.Sealing;
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

    /** The one owner of all that is sealed: callers are not told apart. */
    private static final String EVERYBODY = "";

    private final ListedModels models;
    private final Map<Place, Handler<RoutingContext>> routes = new EnumMap<>(Place.class);

    /**
     * @throws ConfigurationException with a sentence that names the key and the mend
     */
    public GatewayRoutes(LlmGatewayRuntimeConfig config, LlmRegistry registry, Vertx vertx) {
        new RoutesCheck(registry).check(config.routes());
        Routes byModel = Routes.of(config.routes());
        ModelCatalog catalog = new ModelCatalog(registry, vertx, config.modelsRefresh());
        ModelRouter router = new ModelRouter(registry, catalog, byModel, config.unknownModel());
        Gateway gateway = new Gateway(registry, router,
                new RequestBody(config.maxBodySize().asLongValue(), config.bodyTimeout(),
                        config.maxBodiesSize().map(size -> new BodyRoom(size.asLongValue())).orElseGet(BodyRoom::ofHeap)),
                GatewayTimes.of(config.commitAfter(), config.keepAlive(), config.writeTimeout()),
                DegradeMode.valueOf(config.degrade().name()),
                config.passThrough().orElse(Set.of()), new Via(Ids.made("quarkus-llm")),
                new Seal(Sealing.of(config.encryptionKeys().orElse(List.of())), EVERYBODY));
        boolean active = config.active();
        ResponsesServerCodec responses = new ResponsesServerCodec(ReasoningDialect.valueOf(config.reasoning().name()));
        ChatServerCodec chat = new ChatServerCodec(ReasoningField.valueOf(config.chatReasoning().name()));
        routes.put(Place.RESPONSES, new OnlyMethod(HttpMethod.POST, active, new AnswerRoute(gateway, responses)));
        routes.put(Place.INPUT_TOKENS, new OnlyMethod(HttpMethod.POST, active, new InputTokensRoute(gateway, responses)));
        routes.put(Place.CHAT_COMPLETIONS, new OnlyMethod(HttpMethod.POST, active, new AnswerRoute(gateway, chat)));
        models = new ListedModels(registry, catalog, byModel);
        routes.put(Place.MODELS, new OnlyMethod(HttpMethod.GET, active, new ModelsRoute(models)));
        routes.put(Place.MODEL, new OnlyMethod(HttpMethod.GET, active, new ModelsRoute(models)));
    }

    /** The models that are served. */
    public ListedModels models() {
        return models;
    }

    public Handler<RoutingContext> at(Place place) {
        return routes.get(place);
    }
}
