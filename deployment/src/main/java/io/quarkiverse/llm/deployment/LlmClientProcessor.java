package io.quarkiverse.llm.deployment;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Default;
import jakarta.inject.Singleton;

import io.quarkiverse.llm.LlmClient;
import io.quarkiverse.llm.LlmProvider;
import io.quarkiverse.llm.LlmProviders;
import io.quarkiverse.llm.Secret;
import io.quarkiverse.llm.runtime.LlmRecorder;
import io.quarkiverse.llm.runtime.config.ReservedNames;
import io.quarkiverse.llm.runtime.config.SettingNames;
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
import io.quarkus.deployment.builditem.ShutdownContextBuildItem;
import io.quarkus.deployment.builditem.nativeimage.ReflectiveClassBuildItem;
import io.quarkus.proxy.deployment.ProxyRegistryBuildItem;
import io.quarkus.runtime.RuntimeValue;
import io.quarkus.tls.deployment.spi.TlsRegistryBuildItem;
import io.quarkus.vertx.deployment.VertxBuildItem;

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
    LlmProviderNamesBuildItem names(BeanDiscoveryFinishedBuildItem discovery, List<LlmProviderBuildItem> contributed) {
        ProviderBeans found = new ProviderBeans(discovery.beanStream().withBeanType(LlmDotNames.LLM_PROVIDER),
                discovery.getInjectionPoints()).validated();
        Set<String> visible = new HashSet<>(ConfiguredNames.ofBuild());
        for (LlmProviderBuildItem item : contributed) {
            if (ReservedNames.contains(item.getName())) {
                throw new IllegalStateException(item.getSource() + ": " + ReservedNames.sentence(item.getName()));
            }
            visible.add(item.getName());
        }
        return new LlmProviderNamesBuildItem(new ProviderNames(found.injected(), found.beans(), visible));
    }

    @BuildStep
    @Record(ExecutionTime.RUNTIME_INIT)
    void beans(LlmRecorder recorder, LlmProviderNamesBuildItem known, VertxBuildItem vertx, TlsRegistryBuildItem tls,
            ProxyRegistryBuildItem proxies, ShutdownContextBuildItem shutdown, BuildProducer<SyntheticBeanBuildItem> beans) {
        RuntimeValue<LlmRegistry> registry = recorder.registry(known.names().beans(), vertx.getVertx(), tls.registry(),
                proxies.registry(), shutdown);
        beans.produce(SyntheticBeanBuildItem.configure(LlmRegistry.class)
                .scope(Singleton.class).setRuntimeInit().unremovable()
                .runtimeValue(registry)
                .done());
        beans.produce(SyntheticBeanBuildItem.configure(LlmProviders.class)
                .scope(ApplicationScoped.class).setRuntimeInit().unremovable()
                .runtimeValue(recorder.providers(registry, SettingNames.ofMappings(), shutdown))
                .done());
        for (String name : known.names().synthetic()) {
            beans.produce(provider(name).createWith(recorder.provider(registry, name))
                    .checkActive(recorder.checkActive(registry, name))
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
