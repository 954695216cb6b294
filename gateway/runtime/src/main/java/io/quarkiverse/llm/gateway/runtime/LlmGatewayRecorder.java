package io.quarkiverse.llm.gateway.runtime;

import java.util.Optional;
import java.util.function.Function;

import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.util.TypeLiteral;

import org.jboss.logging.Logger;

import io.quarkiverse.llm.gateway.runtime.config.LlmGatewayRuntimeConfig;
import io.quarkiverse.llm.gateway.runtime.http.GatewayRoutes;
import io.quarkiverse.llm.gateway.runtime.store.SharedStores;
import io.quarkiverse.llm.gateway.runtime.store.StateStore;
import io.quarkiverse.llm.runtime.provider.LlmRegistry;
import io.quarkus.arc.Arc;
import io.quarkus.arc.SyntheticCreationalContext;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.RuntimeValue;
import io.quarkus.runtime.annotations.Recorder;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;

/** Puts the parts of the gateway together when the application starts. */
@Recorder
public class LlmGatewayRecorder {

    private static final Logger LOG = Logger.getLogger(LlmGatewayRecorder.class);

    private final RuntimeValue<LlmGatewayRuntimeConfig> config;

    public LlmGatewayRecorder(RuntimeValue<LlmGatewayRuntimeConfig> config) {
        this.config = config;
    }

    /**
     * @param path of the gateway, below the root path of the application
     * @param redis whether the application has a Redis client
     */
    public Function<SyntheticCreationalContext<ServedGateway>, ServedGateway> gateway(String path, boolean redis) {
        LlmGatewayRuntimeConfig runtime = config.getValue();
        StartCheck.check(runtime, LaunchMode.current(), redis);
        return beans -> {
            Optional<StateStore> store = store(runtime, beans);
            return new ServedGateway(path, new GatewayRoutes(runtime, beans.getInjectedReference(LlmRegistry.class),
                    beans.getInjectedReference(Vertx.class), store), store);
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

    /** When all providers are there. */
    public Handler<RoutingContext> handler(GatewayRoutes.Place place) {
        return Arc.container().instance(ServedGateway.class).get().routes().at(place);
    }
}
