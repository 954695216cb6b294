package io.quarkiverse.llm.deployment.bean;

import java.util.function.Consumer;

import io.quarkiverse.llm.deployment.LlmProviderBuildItem;
import io.quarkus.builder.BuildChainBuilder;
import io.quarkus.builder.BuildContext;
import io.quarkus.builder.BuildStep;
import io.quarkus.deployment.builditem.RunTimeConfigurationDefaultBuildItem;

/** What another extension does that brings a provider along. */
final class Contribution implements Consumer<BuildChainBuilder> {

    static final String NAME = "contributed";

    @Override
    public void accept(BuildChainBuilder chain) {
        chain.addBuildStep(new Step()).produces(LlmProviderBuildItem.class)
                .produces(RunTimeConfigurationDefaultBuildItem.class).build();
    }

    /** A class of its own, since the application, which loads the one around it, cannot load the build items. */
    private static final class Step implements BuildStep {

        @Override
        public void execute(BuildContext context) {
            context.produce(LlmProviderBuildItem.named(NAME, "another extension"));
            context.produce(new RunTimeConfigurationDefaultBuildItem("quarkus.llm." + NAME + ".base-url", "http://host"));
        }
    }
}
