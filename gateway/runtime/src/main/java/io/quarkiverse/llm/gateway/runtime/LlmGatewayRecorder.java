package io.quarkiverse.llm.gateway.runtime;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.util.TypeLiteral;

import org.jboss.logging.Logger;

import io.quarkiverse.llm.gateway.runtime.access.Access;
import io.quarkiverse.llm.gateway.runtime.config.LlmGatewayRuntimeConfig;
import io.quarkiverse.llm.gateway.runtime.http.GatewayRoutes;
import io.quarkiverse.llm.gateway.runtime.store.SharedStores;
import io.quarkiverse.llm.gateway.runtime.store.StateStore;
import io.quarkiverse.llm.runtime.provider.LlmRegistry;
import io.quarkus.arc.Arc;
import io.quarkus.arc.SyntheticCreationalContext;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.RuntimeValue;
import io.quarkus.runtime.ShutdownContext;
import io.quarkus.runtime.annotations.Recorder;
import io.quarkus.runtime.shutdown.ShutdownListener;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;

/** Puts the parts of the gateway together when the application starts. */
@Recorder
public class LlmGatewayRecorder {

    private static final Duration MOST_FOR_LAST_WORDS = Duration.ofSeconds(5);
    private static final Logger LOG = Logger.getLogger(LlmGatewayRecorder.class);

    private final RuntimeValue<LlmGatewayRuntimeConfig> config;

    public LlmGatewayRecorder(RuntimeValue<LlmGatewayRuntimeConfig> config) {
        this.config = config;
    }

    /**
     * @param path of the gateway, below the root path of the application
     * @param redis whether the application has a Redis client
     * @param security whether it has a security extension
     */
    public Function<SyntheticCreationalContext<ServedGateway>, ServedGateway> gateway(String path, boolean redis,
            boolean security) {
        LlmGatewayRuntimeConfig runtime = config.getValue();
        LaunchMode mode = LaunchMode.current();
        StartCheck.check(runtime, mode, new Neighbours(redis, security));
        return beans -> {
            Optional<StateStore> store = store(runtime, beans);
            GatewayRoutes routes = new GatewayRoutes(runtime, Access.of(runtime, mode),
                    beans.getInjectedReference(LlmRegistry.class), beans.getInjectedReference(Vertx.class), store);
            return new ServedGateway(path, Access.authentication(runtime, mode), routes, store);
        };
    }

    private static Optional<StateStore> store(LlmGatewayRuntimeConfig runtime, SyntheticCreationalContext<?> beans) {
        Optional<StateStore> store = runtime.active()
                ? StateStores.of(runtime.store(), beans.getInjectedReference(new TypeLiteral<Instance<SharedStores>>() {
                }))
                : Optional.empty();
        store.ifPresent(kept -> LOG.infof("The gateway keeps responses in %s", kept.describe()));
        return store;
    }

    /** Waits for what WebSockets have under way. */
    public ShutdownListener webSocketShutdown() {
        return new WebSocketShutdown.Waiting();
    }

    /** When all providers are there. */
    public Handler<RoutingContext> handler(GatewayRoutes.Place place) {
        return Arc.container().instance(ServedGateway.class).get().routes().at(place);
    }

    /** What is made in the background goes on for as long as the shutdown waits. */
    public ShutdownListener backgroundShutdown() {
        return new BackgroundShutdown();
    }

    /** What is made in the background then still has failed, and says so before the store is gone. */
    public void endBackground(ShutdownContext shutdown) {
        GatewayRoutes routes = Arc.container().instance(ServedGateway.class).get().routes();
        shutdown.addShutdownTask(() -> routes.close(MOST_FOR_LAST_WORDS));
    }
}
