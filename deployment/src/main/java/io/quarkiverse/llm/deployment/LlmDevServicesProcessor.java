package io.quarkiverse.llm.deployment;

import java.util.Map;

import org.eclipse.microprofile.config.ConfigProvider;

import io.quarkiverse.llm.runtime.config.LlmBuildConfig;
import io.quarkiverse.llm.scripted.SimulatedModel;
import io.quarkus.deployment.IsProduction;
import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.annotations.BuildSteps;
import io.quarkus.deployment.builditem.DevServicesResultBuildItem;
import io.quarkus.deployment.builditem.LaunchModeBuildItem;
import io.quarkus.deployment.dev.devservices.DevServicesConfig;

/** Starts the simulated provider in development and test. */
@BuildSteps(onlyIfNot = IsProduction.class, onlyIf = DevServicesConfig.Enabled.class)
class LlmDevServicesProcessor {

    @BuildStep
    void simulatedProvider(LlmBuildConfig config, LlmProviderNamesBuildItem known, LaunchModeBuildItem launch,
            BuildProducer<DevServicesResultBuildItem> services) {
        SimulationDecision decision = new SimulationDecision(ConfigProvider.getConfig(), launch.getLaunchMode());
        if (!config.devservices().enabled() || !decision.simulated(known.names())) {
            return;
        }
        services.produce(DevServicesResultBuildItem.owned()
                .feature(LlmClientProcessor.FEATURE)
                .serviceName("simulated-provider")
                .description("Simulated language model, for development and test")
                // nothing can be configured: the one that runs stays over restarts
                .serviceConfig("simulated-provider")
                .startable(SimulatedProvider::new)
                .configProvider(Map.of("quarkus.llm.base-url", SimulatedProvider::getConnectionInfo,
                        "quarkus.llm.model", provider -> SimulatedModel.ID))
                .build());
    }
}
