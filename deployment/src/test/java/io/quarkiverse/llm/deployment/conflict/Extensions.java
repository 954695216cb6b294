package io.quarkiverse.llm.deployment.conflict;

import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.quarkiverse.llm.LlmProvider;
import io.quarkiverse.llm.deployment.EchoServer;
import io.quarkiverse.llm.deployment.LlmConflictRuleBuildItem;
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
                .produces(LlmConflictRuleBuildItem.class).build();
    }

    /** A class of its own, since the application, which loads the one around it, cannot load the build items. */
    private static final class Step implements BuildStep {

        @Override
        public void execute(BuildContext context) {
            BytecodeRecorderImpl bytecode = new BytecodeRecorderImpl(false, "Extensions", "providers", "1", true);
            for (String name : new String[] { "own", "mine", "taken" }) {
                context.produce(
                        LlmProviderBuildItem.provided(name, "quarkus-greeting", provider(bytecode, "an extension's " + name)));
            }
            context.produce(new MainBytecodeRecorderBuildItem(bytecode));
            context.produce(new LlmConflictRuleBuildItem(new GreetingRule()));
            context.produce(LlmProviderBuildItem.configured("acme", "quarkus-acme", Map.of("base-url",
                    EchoServer.baseUrl("acme"), "model", "small", "api-key", "hush")).withPriority(1));
            context.produce(LlmProviderBuildItem.configured("acme", "quarkus-other", Map.of("preset", "ollama",
                    "quirks.seed-field", "random-seed")));
        }

        /** The build has a class loader of its own, and with it another class of this name. */
        @SuppressWarnings("unchecked")
        private static Supplier<LlmProvider> provider(BytecodeRecorderImpl bytecode, String text) {
            try {
                Object recorder = bytecode.getRecordingProxy(Class.forName(GreetingRecorder.class.getName(), true,
                        Thread.currentThread().getContextClassLoader()));
                return (Supplier<LlmProvider>) recorder.getClass().getMethod("provider", String.class).invoke(recorder, text);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
