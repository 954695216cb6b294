package io.quarkiverse.llm.deployment.conflict;

import java.util.Map;
import java.util.function.Consumer;

import io.quarkiverse.llm.deployment.EchoServer;
import io.quarkiverse.llm.deployment.LlmProviderBuildItem;
import io.quarkus.builder.BuildChainBuilder;
import io.quarkus.builder.BuildContext;
import io.quarkus.builder.BuildStep;
import io.quarkus.deployment.builditem.MainBytecodeRecorderBuildItem;
import io.quarkus.deployment.recording.BytecodeRecorderImpl;

/** What two other extensions do that bring providers along. */
final class Extensions implements Consumer<BuildChainBuilder> {

    @Override
    public void accept(BuildChainBuilder chain) {
        chain.addBuildStep(new Step()).produces(LlmProviderBuildItem.class).produces(MainBytecodeRecorderBuildItem.class)
                .build();
    }

    /** A class of its own, since the application, which loads the one around it, cannot load the build items. */
    private static final class Step implements BuildStep {

        @Override
        public void execute(BuildContext context) {
            BytecodeRecorderImpl bytecode = new BytecodeRecorderImpl(false, "Extensions", "providers", "1", true);
            GreetingRecorder recorder = bytecode.getRecordingProxy(GreetingRecorder.class);
            for (String name : new String[] { "own", "mine", "taken" }) {
                context.produce(
                        LlmProviderBuildItem.provided(name, "quarkus-greeting", recorder.provider("an extension's " + name)));
            }
            context.produce(new MainBytecodeRecorderBuildItem(bytecode));
            context.produce(LlmProviderBuildItem.configured("acme", "quarkus-acme", Map.of("base-url",
                    EchoServer.baseUrl("acme"), "model", "small", "api-key", "hush")).withPriority(1));
            context.produce(LlmProviderBuildItem.configured("acme", "quarkus-other", Map.of("preset", "ollama",
                    "quirks.seed-field", "random-seed")));
        }
    }
}
