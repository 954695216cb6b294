package io.quarkiverse.llm.gateway.runtime;

import io.quarkiverse.llm.gateway.runtime.config.LlmGatewayRuntimeConfig;
import io.quarkiverse.llm.gateway.runtime.http.GatewayRoutes;
import io.quarkiverse.llm.runtime.provider.LlmRegistry;
import io.quarkus.arc.Arc;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.RuntimeValue;
import io.quarkus.runtime.annotations.Recorder;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;

/** Puts the parts of the gateway together when the application starts. */
@Recorder
public class LlmGatewayRecorder {

    private final RuntimeValue<LlmGatewayRuntimeConfig> config;

    public LlmGatewayRecorder(RuntimeValue<LlmGatewayRuntimeConfig> config) {
        this.config = config;
    }

    /** When all providers are there. */
    public RuntimeValue<GatewayRoutes> routes(RuntimeValue<Vertx> vertx) {
        LlmGatewayRuntimeConfig runtime = config.getValue();
        StartCheck.check(runtime, LaunchMode.current());
        LlmRegistry registry = Arc.container().instance(LlmRegistry.class).get();
        return new RuntimeValue<>(new GatewayRoutes(runtime, registry, vertx.getValue()));
    }

    public Handler<RoutingContext> handler(RuntimeValue<GatewayRoutes> routes, GatewayRoutes.Place place) {
        return routes.getValue().at(place);
    }
}
