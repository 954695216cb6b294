package io.quarkiverse.llm.deployment;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Default;
import jakarta.inject.Singleton;

import org.eclipse.microprofile.config.ConfigProvider;

import io.quarkiverse.llm.LlmClient;
import io.quarkiverse.llm.LlmProvider;
import io.quarkiverse.llm.LlmProviders;
import io.quarkiverse.llm.Secret;
import io.quarkiverse.llm.runtime.LlmRecorder;
import io.quarkiverse.llm.runtime.config.SettingNames;
import io.quarkiverse.llm.runtime.conflict.ApplicationFacts;
import io.quarkiverse.llm.runtime.conflict.NameClaim;
import io.quarkiverse.llm.runtime.provider.LlmRegistry;
import io.quarkus.arc.deployment.AdditionalBeanBuildItem;
import io.quarkus.arc.deployment.AnnotationsTransformerBuildItem;
import io.quarkus.arc.deployment.BeanDiscoveryFinishedBuildItem;
import io.quarkus.arc.deployment.SyntheticBeanBuildItem;
import io.quarkus.arc.deployment.UnremovableBeanBuildItem;
import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.annotations.ExecutionTime;
import io.quarkus.deployment.annotations.Record;
import io.quarkus.deployment.builditem.ExtensionSslNativeSupportBuildItem;
import io.quarkus.deployment.builditem.FeatureBuildItem;
import io.quarkus.deployment.builditem.RunTimeConfigurationDefaultBuildItem;
import io.quarkus.deployment.builditem.ShutdownContextBuildItem;
import io.quarkus.deployment.builditem.nativeimage.ReflectiveClassBuildItem;
import io.quarkus.proxy.deployment.ProxyRegistryBuildItem;
import io.quarkus.runtime.RuntimeValue;
import io.quarkus.tls.deployment.spi.TlsRegistryBuildItem;
import io.quarkus.vertx.deployment.VertxBuildItem;
import io.smallrye.config.SmallRyeConfig;

/** Makes the beans by which an application gets its providers. */
class LlmClientProcessor {

    static final String FEATURE = "llm";

    @BuildStep
    FeatureBuildItem feature() {
        return new FeatureBuildItem(FEATURE);
    }

    @BuildStep
    ExtensionSslNativeSupportBuildItem tls() {
        return new ExtensionSslNativeSupportBuildItem(FEATURE);
    }

    /** The configuration finds the static method of the type by reflection. */
    @BuildStep
    ReflectiveClassBuildItem configurationTypes() {
        return ReflectiveClassBuildItem.builder(Secret.class).methods().reason("configuration type").build();
    }

    @BuildStep
    AdditionalBeanBuildItem qualifier() {
        return new AdditionalBeanBuildItem(LlmClient.class);
    }

    @BuildStep
    AnnotationsTransformerBuildItem defaultQualifier() {
        return new AnnotationsTransformerBuildItem(ProviderBeans.defaultQualifier());
    }

    /** Beans of the application that are only reached by name. */
    @BuildStep
    UnremovableBeanBuildItem providerBeans() {
        return UnremovableBeanBuildItem.beanTypes(LlmDotNames.LLM_PROVIDER);
    }

    /** Beans that nobody injects: what happens in the providers calls them. */
    @BuildStep
    UnremovableBeanBuildItem listenerBeans() {
        return UnremovableBeanBuildItem.beanTypes(LlmDotNames.LLM_LISTENER);
    }

    @BuildStep
    void application(BeanDiscoveryFinishedBuildItem discovery, List<LlmProviderBuildItem> items,
            List<LlmProvidersUsedBuildItem> uses,
            BuildProducer<LlmProviderNamesBuildItem> names, BuildProducer<LlmApplicationBuildItem> application) {
        SettingNames settings = SettingNames.ofMappings();
        ProviderBeans found = new ProviderBeans(discovery.beanStream().withBeanType(LlmDotNames.LLM_PROVIDER),
                discovery.getInjectionPoints(), discovery.getBeanResolver()).validated();
        ContributedProviders contributed = new ContributedProviders(items).validated(settings);
        Set<String> visible = new BuildConfiguration(ConfigProvider.getConfig().unwrap(SmallRyeConfig.class)).names();
        List<NameClaim> claims = new ArrayList<>(found.claims());
        claims.addAll(contributed.claims());
        names.produce(new LlmProviderNamesBuildItem(
                new ProviderNames(found.injected(), found.beans(), contributed.names(), visible)));
        application.produce(new LlmApplicationBuildItem(
                new ApplicationFacts(claims, found.injected(), found.allUsed() || !uses.isEmpty(), settings), contributed));
    }

    /** Each key that the application sets itself goes before. */
    @BuildStep
    void contributedSettings(LlmProviderNamesBuildItem known, LlmApplicationBuildItem application,
            BuildProducer<RunTimeConfigurationDefaultBuildItem> defaults) {
        application.contributed().settings(known.names().beans())
                .forEach((key, value) -> defaults.produce(new RunTimeConfigurationDefaultBuildItem(key, value)));
    }

    @BuildStep
    @Record(ExecutionTime.RUNTIME_INIT)
    void beans(LlmRecorder recorder, LlmProviderNamesBuildItem known, LlmApplicationBuildItem application,
            LlmConflictsBuildItem conflicts, VertxBuildItem vertx, TlsRegistryBuildItem tls, ProxyRegistryBuildItem proxies,
            ShutdownContextBuildItem shutdown, BuildProducer<SyntheticBeanBuildItem> beans) {
        Set<String> beanNames = known.names().beans();
        RuntimeValue<LlmRegistry> registry = recorder.registry(conflicts.report(), beanNames,
                application.contributed().providers(beanNames), vertx.getVertx(), tls.registry(), proxies.registry(), shutdown);
        beans.produce(SyntheticBeanBuildItem.configure(LlmRegistry.class)
                .scope(Singleton.class).setRuntimeInit().unremovable()
                .runtimeValue(registry)
                .done());
        beans.produce(SyntheticBeanBuildItem.configure(LlmProviders.class)
                .scope(ApplicationScoped.class).setRuntimeInit().unremovable()
                .runtimeValue(recorder.providers(registry, conflicts.check(), conflicts.report(),
                        application.facts().settings(), shutdown))
                .done());
        for (String name : known.names().synthetic()) {
            beans.produce(provider(name).createWith(recorder.provider(registry, name))
                    .checkActive(recorder.checkActive(registry, conflicts.report(), name))
                    .done());
        }
    }

    private static SyntheticBeanBuildItem.ExtendedBeanConfigurator provider(String name) {
        // startup: a bean that injects a provider which is not there fails the start, not the first request
        SyntheticBeanBuildItem.ExtendedBeanConfigurator bean = SyntheticBeanBuildItem.configure(LlmProvider.class)
                .scope(ApplicationScoped.class).setRuntimeInit().unremovable().startup()
                .addQualifier().annotation(LlmClient.class).addValue("value", name).done();
        return name.equals(LlmClient.DEFAULT) ? bean.addQualifier(Default.class) : bean;
    }
}
