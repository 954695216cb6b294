package io.quarkiverse.llm.deployment;

import jakarta.enterprise.inject.Default;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;

import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.AnnotationValue;
import org.jboss.jandex.DotName;

import io.quarkiverse.llm.LlmClient;
import io.quarkiverse.llm.LlmListener;
import io.quarkiverse.llm.LlmProvider;
import io.quarkiverse.llm.LlmProviders;
import io.quarkiverse.llm.OutputType;
import io.quarkiverse.llm.runtime.provider.LlmRegistry;
import io.quarkus.arc.All;

/** What is looked for in the index. */
final class LlmDotNames {

    static final DotName LLM_CLIENT = DotName.createSimple(LlmClient.class);
    static final DotName LLM_PROVIDER = DotName.createSimple(LlmProvider.class);
    static final DotName LLM_PROVIDERS = DotName.createSimple(LlmProviders.class);
    static final DotName LLM_REGISTRY = DotName.createSimple(LlmRegistry.class);
    static final DotName LLM_LISTENER = DotName.createSimple(LlmListener.class);
    static final DotName OUTPUT_TYPE = DotName.createSimple(OutputType.class);
    static final DotName ALL = DotName.createSimple(All.class);
    static final DotName DEFAULT = DotName.createSimple(Default.class);
    static final DotName PRODUCES = DotName.createSimple(Produces.class);
    static final DotName INJECT = DotName.createSimple(Inject.class);

    private LlmDotNames() {
    }

    /** The name that a {@link LlmClient} gives. */
    static String providerName(AnnotationInstance llmClient) {
        AnnotationValue value = llmClient.value();
        return value == null ? LlmClient.DEFAULT : value.asString();
    }
}
