package io.quarkiverse.llm.gateway.runtime.http;

import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.eclipse.microprofile.context.spi.ContextManagerProvider;

import io.quarkiverse.llm.LlmProvider;
import io.quarkiverse.llm.gateway.runtime.access.Access;
import io.quarkiverse.llm.gateway.runtime.config.LlmGatewayRuntimeConfig;
import io.quarkiverse.llm.gateway.runtime.http.GatewayRoutes.Place;
import io.quarkiverse.llm.gateway.runtime.state.JobTimes;
import io.quarkiverse.llm.gateway.runtime.store.CaffeineStateStore;
import io.quarkiverse.llm.gateway.runtime.store.StateStore;
import io.quarkiverse.llm.gateway.runtime.websocket.FrameSize;
import io.quarkiverse.llm.gateway.runtime.websocket.OpenWebSockets;
import io.quarkiverse.llm.runtime.config.LlmRuntimeConfig;
import io.quarkiverse.llm.runtime.config.ProviderSettings;
import io.quarkiverse.llm.runtime.config.SettingsResolver;
import io.quarkiverse.llm.runtime.config.Withheld;
import io.quarkiverse.llm.runtime.provider.LlmRegistry;
import io.quarkiverse.llm.runtime.provider.ProviderSnapshot;
import io.quarkiverse.llm.runtime.provider.Transports;
import io.quarkiverse.llm.runtime.provider.WireProvider;
import io.quarkiverse.llm.runtime.transport.HttpTransport;
import io.quarkiverse.llm.runtime.wire.chat.ChatCodec;
import io.quarkiverse.llm.runtime.wire.responses.ResponsesCodec;
import io.quarkiverse.llm.scripted.ScriptedServer;
import io.quarkus.runtime.LaunchMode;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.impl.VertxInternal;
import io.vertx.ext.web.Router;

/**
 * The routes of the gateway on a server of their own, without Quarkus around them, in front of a scripted server: the default
 * provider speaks Chat Completions to it, {@code native} the Responses API.
 */
final class GatewayServer implements AutoCloseable {

    static {
        // Quarkus starts it before there are requests; the first use from several threads at once would fail
        ContextManagerProvider.instance().getContextManager();
    }

    /** For Vert.x: a free port, which is the same for all servers that say so. */
    private static final int SHARED = -1;
    private static final Map<String, String> USUAL = Map.of(
            "quarkus.llm.wire-api", "chat-completions",
            "quarkus.llm.model", "scripted",
            "quarkus.llm.native.wire-api", "responses",
            "quarkus.llm.native.transport", "sse",
            "quarkus.llm.native.model", "native-model");

    private final Vertx vertx = Vertx.vertx();
    private final LlmRegistry registry;
    private final HttpServer server;
    private final GatewayRoutes routes;
    private final Router router;
    private final HttpServerOptions options = new HttpServerOptions();
    private final Set<HttpConnection> connections = ConcurrentHashMap.newKeySet();

    private GatewayServer(SmallRyeConfig config, Map<String, LlmProvider> beans, Optional<StateStore> store, JobTimes times) {
        SettingsResolver resolver = SettingsResolver.of(config, LaunchMode.TEST, Withheld.NOTHING);
        registry = LlmRegistry.create(resolver.resolve(resolver.names()).values(), this::provider, beans.keySet(),
                beans::get, Optional.empty());
        LlmGatewayRuntimeConfig gateway = config.getConfigMapping(LlmGatewayRuntimeConfig.class);
        routes = new GatewayRoutes(gateway, Access.of(gateway, LaunchMode.TEST), registry, vertx,
                gateway.store().enabled() ? store.or(
                        () -> Optional.of(new CaffeineStateStore(gateway.store().timeToLive(), 10_000, 100_000_000)))
                        : Optional.empty(),
                times);
        router = Router.router(vertx);
        for (Place place : Place.values()) {
            router.route("/v1/" + place.path()).handler(routes.at(place));
        }
        new FrameSize(gateway).allow(options);
        server = vertx.createHttpServer(options).connectionHandler(this::opened).requestHandler(router)
                .listen(SHARED, "127.0.0.1").toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    /**
     * @param more settings besides the usual ones, or in place of them
     */
    static GatewayServer start(ScriptedServer llm, Map<String, String> more) {
        return start(llm, more, Map.of());
    }

    /**
     * @param beans further providers, by their names
     */
    static GatewayServer start(ScriptedServer llm, Map<String, String> more, Map<String, LlmProvider> beans) {
        return start(llm, more, beans, Optional.empty(), JobTimes.USUAL);
    }

    /** One instance of several that keep what they keep in one place. */
    static GatewayServer start(ScriptedServer llm, Map<String, String> more, StateStore shared) {
        return start(llm, more, Map.of(), Optional.of(shared), JobTimes.USUAL);
    }

    /**
     * @param store that others have, too; one of its own where there is none
     */
    static GatewayServer start(ScriptedServer llm, Map<String, String> more, Map<String, LlmProvider> beans,
            Optional<StateStore> store, JobTimes times) {
        Map<String, String> settings = new HashMap<>(USUAL);
        settings.put("quarkus.llm.base-url", llm.baseUrl());
        settings.put("quarkus.llm.native.base-url", llm.baseUrl());
        settings.putAll(more);
        return new GatewayServer(new SmallRyeConfigBuilder().addDiscoveredConverters().addDefaultInterceptors()
                .withSources(new PropertiesConfigSource(settings, "application.properties", 250))
                .withMapping(LlmRuntimeConfig.class).withMapping(LlmGatewayRuntimeConfig.class)
                .withMappingIgnore("quarkus.**").build(), beans, store, times);
    }

    private ProviderSnapshot provider(ProviderSettings settings) {
        Transports transport = new Transports(new HttpTransport(settings, vertx, options -> {
        }), Optional.empty());
        return new ProviderSnapshot(new WireProvider(settings, List.of(new ChatCodec(settings), new ResponsesCodec(settings)),
                transport, vertx, List::of), transport);
    }

    /** Takes connections on so many further event loops, as Quarkus does. */
    GatewayServer spread(int eventLoops) {
        for (int i = 0; i < eventLoops; i++) {
            Promise<HttpServer> further = Promise.promise();
            ((VertxInternal) vertx).createEventLoopContext().runOnContext(there -> vertx.createHttpServer(options)
                    .connectionHandler(this::opened).requestHandler(router).listen(SHARED, "127.0.0.1")
                    .onComplete(further));
            further.future().toCompletionStage().toCompletableFuture().join();
        }
        return this;
    }

    private void opened(HttpConnection connection) {
        connections.add(connection);
        connection.closeHandler(closed -> connections.remove(connection));
    }

    /** Connections of clients that are open. */
    int connections() {
        return connections.size();
    }

    Vertx vertx() {
        return vertx;
    }

    GatewayClient client() {
        return new GatewayClient(root());
    }

    OpenWebSockets webSockets() {
        return routes.webSockets();
    }

    GatewayRoutes routes() {
        return routes;
    }

    URI root() {
        return URI.create("http://127.0.0.1:" + server.actualPort());
    }

    @Override
    public void close() {
        routes.close(Duration.ofSeconds(5));
        server.close().toCompletionStage().toCompletableFuture().join();
        registry.close().toCompletionStage().toCompletableFuture().join();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
