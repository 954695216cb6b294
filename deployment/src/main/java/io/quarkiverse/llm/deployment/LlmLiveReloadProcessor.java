package io.quarkiverse.llm.deployment;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.eclipse.microprofile.config.ConfigProvider;

import io.quarkiverse.llm.LlmClient;
import io.quarkiverse.llm.deployment.dev.LiveKeys;
import io.quarkiverse.llm.deployment.dev.LiveRules;
import io.quarkiverse.llm.deployment.dev.LlmCommand;
import io.quarkiverse.llm.deployment.dev.QuarkusLiveReload;
import io.quarkiverse.llm.deployment.dev.StandIn;
import io.quarkiverse.llm.runtime.config.LlmBuildConfig;
import io.quarkiverse.llm.runtime.config.SettingNames;
import io.quarkus.deployment.IsDevelopment;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.annotations.BuildSteps;
import io.quarkus.deployment.annotations.Consume;
import io.quarkus.deployment.annotations.Produce;
import io.quarkus.deployment.builditem.ConsoleCommandBuildItem;
import io.quarkus.deployment.builditem.CuratedApplicationShutdownBuildItem;
import io.quarkus.deployment.builditem.DevServicesResultBuildItem;
import io.quarkus.deployment.builditem.HotDeploymentWatchedFileBuildItem;
import io.quarkus.deployment.builditem.LaunchModeBuildItem;
import io.quarkus.deployment.builditem.RuntimeApplicationShutdownBuildItem;
import io.quarkus.deployment.builditem.ServiceStartBuildItem;
import io.quarkus.deployment.dev.devservices.DevServicesConfig;
import io.smallrye.config.SmallRyeConfig;

/** Lets settings change in dev mode while the application runs. */
@BuildSteps(onlyIf = IsDevelopment.class)
class LlmLiveReloadProcessor {

    @BuildStep
    ConsoleCommandBuildItem command() {
        return new ConsoleCommandBuildItem(new LlmCommand());
    }

    /** After Quarkus has set what it watches. It produces nothing: the item is one for which Quarkus runs a step. */
    @BuildStep
    @Consume(ServiceStartBuildItem.class)
    @Produce(RuntimeApplicationShutdownBuildItem.class)
    void liveReload(LlmBuildConfig config, DevServicesConfig services, LlmProviderNamesBuildItem known,
            List<DevServicesResultBuildItem> started, List<HotDeploymentWatchedFileBuildItem> watched,
            LaunchModeBuildItem launch, CuratedApplicationShutdownBuildItem closer) {
        SmallRyeConfig configuration = ConfigProvider.getConfig().unwrap(SmallRyeConfig.class);
        if (launch.isAuxiliaryApplication()
                || !configuration.getOptionalValue("quarkus.live-reload.enabled", Boolean.class).orElse(true)) {
            return;
        }
        List<String> profiles = configuration.getProfiles();
        StandIn standIn = new StandIn(SimulationDecision.SAYS_WHICH,
                services.enabled() && config.devservices().enabled() && SimulationDecision.isPossible(known.names()),
                started.stream().anyMatch(service -> LlmClientProcessor.FEATURE.equals(service.getName())),
                Set.copyOf(profiles));
        QuarkusLiveReload.begin(new LiveRules(new LiveKeys(SettingNames.ofMappings(), names(known.names())), standIn),
                profiles, watched, closer);
    }

    private static Set<String> names(ProviderNames known) {
        Set<String> names = new HashSet<>(known.synthetic());
        names.addAll(known.beans());
        names.add(LlmClient.DEFAULT);
        return names;
    }
}
