package io.quarkiverse.llm.messaging.deployment;

import java.util.List;
import java.util.stream.Stream;

import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

import io.quarkiverse.llm.deployment.LlmProviderBuildItem;
import io.quarkiverse.llm.deployment.LlmProvidersUsedBuildItem;
import io.quarkiverse.llm.messaging.HeaderMapping;
import io.quarkiverse.llm.messaging.runtime.LlmMessagingRecorder;
import io.quarkiverse.llm.messaging.runtime.MessagingBeans;
import io.quarkiverse.llm.messaging.runtime.MessagingChannels;
import io.quarkiverse.llm.messaging.runtime.RemoteProviders;
import io.quarkiverse.llm.messaging.runtime.Workers;
import io.quarkus.arc.deployment.AdditionalBeanBuildItem;
import io.quarkus.arc.deployment.UnremovableBeanBuildItem;
import io.quarkus.bootstrap.classloading.QuarkusClassLoader;
import io.quarkus.deployment.Capabilities;
import io.quarkus.deployment.Capability;
import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.annotations.ExecutionTime;
import io.quarkus.deployment.annotations.Record;
import io.quarkus.deployment.builditem.FeatureBuildItem;
import io.quarkus.deployment.builditem.ShutdownListenerBuildItem;

/** Builds workers and remote providers into an application. */
class LlmMessagingProcessor {

    static final String FEATURE = "llm-messaging";

    private static final String KAFKA_CONNECTOR = "io.smallrye.reactive.messaging.kafka.KafkaConnector";
    /** By their names: without the connector the classes cannot be loaded. */
    private static final List<String> KAFKA_BEANS = Stream.of("KafkaHeaders", "LedgerCommit$Factory",
            "RedeliverFailure$Factory", "SinceStart$Factory")
            .map(bean -> "io.quarkiverse.llm.messaging.runtime.kafka." + bean).toList();
    private static final List<String> TELEMETRY_BEANS = Stream.of("OpenTelemetryTraces", "OpenTelemetryOfConnectors")
            .map(bean -> "io.quarkiverse.llm.messaging.runtime.telemetry." + bean).toList();

    @BuildStep
    FeatureBuildItem feature() {
        return new FeatureBuildItem(FEATURE);
    }

    /** Workers ask for any of them. */
    @BuildStep
    LlmProvidersUsedBuildItem providers() {
        return new LlmProvidersUsedBuildItem(FEATURE);
    }

    @BuildStep
    void beans(Capabilities capabilities, BuildProducer<AdditionalBeanBuildItem> beans,
            BuildProducer<UnremovableBeanBuildItem> unremovable) {
        beans.produce(AdditionalBeanBuildItem.builder().setUnremovable()
                .addBeanClasses(MessagingBeans.class, MessagingChannels.class, Workers.class, RemoteProviders.class).build());
        unremovable.produce(UnremovableBeanBuildItem.beanTypes(HeaderMapping.class));
        if (capabilities.isPresent(Capability.OPENTELEMETRY_TRACER)) {
            // by its name, too
            beans.produce(AdditionalBeanBuildItem.builder().setUnremovable().addBeanClasses(TELEMETRY_BEANS).build());
        }
        // there may be Kafka's client without the connector, but not the other way round
        if (capabilities.isPresent(Capability.KAFKA) && QuarkusClassLoader.isClassPresentAtRuntime(KAFKA_CONNECTOR)) {
            beans.produce(AdditionalBeanBuildItem.builder().setUnremovable().addBeanClasses(KAFKA_BEANS).build());
        }
    }

    /** Those that the build can see, so that what else has their names is found. */
    @BuildStep
    @Record(ExecutionTime.RUNTIME_INIT)
    void remotes(LlmMessagingRecorder recorder, BuildProducer<LlmProviderBuildItem> providers) {
        Config config = ConfigProvider.getConfig();
        ConfiguredNames names = ConfiguredNames.of(config.getPropertyNames(),
                key -> config.getOptionalValue(key, String.class));
        for (String name : names.remotes()) {
            providers.produce(LlmProviderBuildItem.provided(name, FEATURE, recorder.remote(name)));
        }
    }

    @BuildStep
    @Record(ExecutionTime.RUNTIME_INIT)
    ShutdownListenerBuildItem shutdown(LlmMessagingRecorder recorder) {
        return new ShutdownListenerBuildItem(recorder.shutdown());
    }
}
