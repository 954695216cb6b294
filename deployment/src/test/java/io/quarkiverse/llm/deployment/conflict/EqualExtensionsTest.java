package io.quarkiverse.llm.deployment.conflict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;

import java.util.Map;
import java.util.function.Consumer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.llm.deployment.Failure;
import io.quarkiverse.llm.deployment.LlmProviderBuildItem;
import io.quarkus.builder.BuildChainBuilder;
import io.quarkus.builder.BuildContext;
import io.quarkus.builder.BuildStep;
import io.quarkus.test.QuarkusUnitTest;

class EqualExtensionsTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withEmptyApplication()
            .addBuildChainCustomizer(new Extensions())
            .overrideConfigKey("quarkus.llm.conflicts", "ignore")
            .assertException(failure -> assertThat(Failure.messages(failure))
                    .contains("[error] equal-extensions:acme")
                    .contains("    extension quarkus-acme   priority 0\n    extension quarkus-other  priority 0")
                    .contains("their authors can mend it with a priority"));

    static final class Extensions implements Consumer<BuildChainBuilder> {

        @Override
        public void accept(BuildChainBuilder chain) {
            chain.addBuildStep(new Step()).produces(LlmProviderBuildItem.class).build();
        }
    }

    private static final class Step implements BuildStep {

        @Override
        public void execute(BuildContext context) {
            context.produce(LlmProviderBuildItem.configured("acme", "quarkus-acme", Map.of("preset", "ollama")));
            context.produce(LlmProviderBuildItem.configured("acme", "quarkus-other", Map.of("preset", "vllm")));
        }
    }

    @Test
    void theBuildFails() {
        fail("The application must not be built");
    }
}
