package io.quarkiverse.llm.gateway.deployment;

import java.util.function.BooleanSupplier;

import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;

import org.jboss.jandex.ClassType;
import org.jboss.jandex.ParameterizedType;

import io.quarkiverse.llm.deployment.LlmProvidersUsedBuildItem;
import io.quarkiverse.llm.gateway.runtime.LlmGatewayRecorder;
import io.quarkiverse.llm.gateway.runtime.ServedGateway;
import io.quarkiverse.llm.gateway.runtime.WebSocketFrames;
import io.quarkiverse.llm.gateway.runtime.WebSocketShutdown;
import io.quarkiverse.llm.gateway.runtime.config.LlmGatewayBuildConfig;
import io.quarkiverse.llm.gateway.runtime.http.GatewayRoutes.Place;
import io.quarkiverse.llm.gateway.runtime.store.SharedStores;
import io.quarkiverse.llm.runtime.provider.LlmRegistry;
import io.quarkus.arc.deployment.AdditionalBeanBuildItem;
import io.quarkus.arc.deployment.SyntheticBeanBuildItem;
import io.quarkus.arc.deployment.SyntheticBeansRuntimeInitBuildItem;
import io.quarkus.deployment.Capabilities;
import io.quarkus.deployment.Capability;
import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.annotations.Consume;
import io.quarkus.deployment.annotations.ExecutionTime;
import io.quarkus.deployment.annotations.Record;
import io.quarkus.deployment.builditem.FeatureBuildItem;
import io.quarkus.deployment.builditem.ShutdownContextBuildItem;
import io.quarkus.deployment.builditem.ShutdownListenerBuildItem;
import io.quarkus.vertx.http.deployment.HttpRootPathBuildItem;
import io.quarkus.vertx.http.deployment.RouteBuildItem;
import io.quarkus.vertx.http.runtime.RouteConstants;
import io.vertx.core.Vertx;

/** Builds the gateway into an application. */
class LlmGatewayProcessor {

    static final String FEATURE = "llm-gateway";

    /** Behind the filters, authentication among them, and in front of the limit of bodies: the gateway has one of its own. */
    private static final int ORDER = RouteConstants.ROUTE_ORDER_UPLOAD_LIMIT - 1;

    @BuildStep(onlyIf = Enabled.class)
    FeatureBuildItem feature() {
        return new FeatureBuildItem(FEATURE);
    }

    /** Clients reach all of them by the names of their models. */
    @BuildStep(onlyIf = Enabled.class)
    LlmProvidersUsedBuildItem providers() {
        return new LlmProvidersUsedBuildItem(FEATURE);
    }

    /** By its name: without a Redis client its class cannot be loaded. */
    @BuildStep(onlyIf = Enabled.class)
    void redis(Capabilities capabilities, BuildProducer<AdditionalBeanBuildItem> beans) {
        if (capabilities.isPresent(Capability.REDIS_CLIENT)) {
            beans.produce(AdditionalBeanBuildItem.unremovableOf("io.quarkiverse.llm.gateway.runtime.store.RedisStores"));
        }
    }

    @BuildStep(onlyIf = Enabled.class)
    @Record(ExecutionTime.RUNTIME_INIT)
    SyntheticBeanBuildItem gateway(LlmGatewayRecorder recorder, LlmGatewayBuildConfig config, Capabilities capabilities) {
        return SyntheticBeanBuildItem.configure(ServedGateway.class)
                .scope(Singleton.class)
                .setRuntimeInit()
                .unremovable()
                .addInjectionPoint(ClassType.create(LlmRegistry.class))
                .addInjectionPoint(ClassType.create(Vertx.class))
                .addInjectionPoint(ParameterizedType.create(Instance.class, ClassType.create(SharedStores.class)))
                .createWith(recorder.gateway(new GatewayPath(config.path()).trimmed(),
                        capabilities.isPresent(Capability.REDIS_CLIENT), capabilities.isPresent(Capability.SECURITY)))
                .done();
    }

    @BuildStep(onlyIf = Enabled.class)
    @Record(ExecutionTime.RUNTIME_INIT)
    @Consume(SyntheticBeansRuntimeInitBuildItem.class)
    void routes(LlmGatewayRecorder recorder, LlmGatewayBuildConfig config, HttpRootPathBuildItem root,
            BuildProducer<RouteBuildItem> routes) {
        GatewayPath path = new GatewayPath(config.path());
        for (Place place : Place.values()) {
            routes.produce(root.routeBuilder().orderedRoute(path.of(place), ORDER)
                    .handler(recorder.handler(place))
                    .build());
        }
    }

    @BuildStep(onlyIf = Enabled.class)
    AdditionalBeanBuildItem webSockets() {
        return AdditionalBeanBuildItem.builder().addBeanClasses(WebSocketFrames.class, WebSocketShutdown.class).setUnremovable()
                .build();
    }

    @BuildStep(onlyIf = Enabled.class)
    @Record(ExecutionTime.RUNTIME_INIT)
    ShutdownListenerBuildItem webSocketShutdown(LlmGatewayRecorder recorder) {
        return new ShutdownListenerBuildItem(recorder.webSocketShutdown());
    }

    @BuildStep(onlyIf = Enabled.class)
    @Record(ExecutionTime.RUNTIME_INIT)
    @Consume(SyntheticBeansRuntimeInitBuildItem.class)
    ShutdownListenerBuildItem background(LlmGatewayRecorder recorder, ShutdownContextBuildItem shutdown) {
        recorder.endBackground(shutdown);
        return new ShutdownListenerBuildItem(recorder.backgroundShutdown());
    }

    /** Whether the gateway is built into the application. */
    static class Enabled implements BooleanSupplier {

        private final LlmGatewayBuildConfig config;

        Enabled(LlmGatewayBuildConfig config) {
            this.config = config;
        }

        @Override
        public boolean getAsBoolean() {
            return config.enabled();
        }
    }
}
