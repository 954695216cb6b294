package io.quarkiverse.llm.gateway.runtime;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

import io.quarkiverse.llm.gateway.runtime.answer.Jobs;
import io.quarkiverse.llm.gateway.runtime.config.LlmGatewayRuntimeConfig;
import io.quarkiverse.llm.gateway.runtime.config.StoreConfig;
import io.quarkiverse.llm.gateway.runtime.http.GatewayRoutes;
import io.quarkiverse.llm.gateway.runtime.store.CaffeineStateStore;
import io.quarkiverse.llm.gateway.runtime.store.StateStore;
import io.quarkus.runtime.configuration.MemorySize;
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

    private final RuntimeValue<LlmGatewayRuntimeConfig> config;

    public LlmGatewayRecorder(RuntimeValue<LlmGatewayRuntimeConfig> config) {
        this.config = config;
    }

    /**
     * @param path of the gateway, below the root path of the application
     */
    public Function<SyntheticCreationalContext<ServedGateway>, ServedGateway> gateway(String path) {
        LlmGatewayRuntimeConfig runtime = config.getValue();
        StartCheck.check(runtime, LaunchMode.current());
        return beans -> new ServedGateway(path, new GatewayRoutes(runtime, beans.getInjectedReference(LlmRegistry.class),
                beans.getInjectedReference(Vertx.class), store(runtime.store())));
    }

    private static Optional<StateStore> store(StoreConfig config) {
        return config.enabled() ? Optional.of(new CaffeineStateStore(config.timeToLive(), config.maxEntries(),
                config.maxBytes().map(MemorySize::asLongValue).orElse(Runtime.getRuntime().maxMemory() / 8)))
                : Optional.empty();
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
        Optional<Jobs> jobs = Arc.container().instance(ServedGateway.class).get().routes().jobs();
        jobs.ifPresent(left -> shutdown.addShutdownTask(() -> left.close(MOST_FOR_LAST_WORDS)));
    }
}
