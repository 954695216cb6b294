package io.quarkiverse.llm.deployment;

import java.util.List;
import java.util.Set;

import jakarta.enterprise.inject.spi.DeploymentException;

import org.eclipse.microprofile.config.ConfigProvider;
import org.jboss.logging.Logger;

import io.quarkiverse.llm.runtime.LlmConflictRecorder;
import io.quarkiverse.llm.runtime.config.LlmBuildConfig;
import io.quarkiverse.llm.runtime.conflict.ConflictCheck;
import io.quarkiverse.llm.runtime.conflict.ConflictPolicy;
import io.quarkiverse.llm.runtime.conflict.ConflictRule;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.annotations.ExecutionTime;
import io.quarkus.deployment.annotations.Record;
import io.quarkus.deployment.builditem.LaunchModeBuildItem;
import io.quarkus.proxy.deployment.ProxyRegistryBuildItem;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.RuntimeValue;
import io.quarkus.tls.deployment.spi.TlsRegistryBuildItem;
import io.smallrye.config.SmallRyeConfig;

/**
 * Looks for conflicts, and lets the start look again. In development and test the start comes at once, in the same process:
 * there it alone reports, so that there is one report.
 */
class LlmConflictProcessor {

    private static final Logger LOG = Logger.getLogger("io.quarkiverse.llm");

    @BuildStep
    @Record(ExecutionTime.RUNTIME_INIT)
    LlmConflictsBuildItem conflicts(LlmConflictRecorder recorder, LlmBuildConfig config, LlmApplicationBuildItem application,
            List<LlmConflictRuleBuildItem> contributed, LaunchModeBuildItem launch, TlsRegistryBuildItem tls,
            ProxyRegistryBuildItem proxies) {
        List<ConflictRule> rules = contributed.stream().map(LlmConflictRuleBuildItem::getRule).toList();
        ConflictPolicy policy = new ConflictPolicy(config.conflicts(), config.conflictsIgnore().orElse(Set.of()));
        BuildConfiguration build = new BuildConfiguration(ConfigProvider.getConfig().unwrap(SmallRyeConfig.class));
        ConflictCheck here = ConflictCheck.of(application.facts(), policy, build.registries(), rules);
        build.facts(launch.getLaunchMode()).map(here::ofBuild).ifPresent(report -> {
            if (!report.failing().isEmpty()) {
                throw new DeploymentException(report.failure());
            }
            if (launch.getLaunchMode() == LaunchMode.NORMAL) {
                report.log(LOG);
            }
        });
        RuntimeValue<ConflictCheck> check = recorder.check(application.facts(), policy, rules, tls.registry(),
                proxies.registry());
        return new LlmConflictsBuildItem(check, recorder.report(check));
    }
}
