package io.quarkiverse.llm.deployment.conflict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.llm.deployment.EchoServer;
import io.quarkiverse.llm.deployment.Failure;
import io.quarkus.test.QuarkusUnitTest;

class BuildFailTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(
                    root -> root.addClasses(Named.class, Extensions.class, EchoServer.class, GreetingRecorder.class,
                            GreetingRule.class))
            .addBuildChainCustomizer(new Extensions())
            .overrideConfigKey("quarkus.llm.conflicts", "fail")
            .overrideConfigKey("quarkus.llm.taken.base-url", "http://127.0.0.1:1")
            .assertException(failure -> assertThat(Failure.messages(failure)).contains("DeploymentException")
                    .contains("[warn] extension-over-extension:acme")
                    .doesNotContain("configuration-over-extension"));

    @Test
    void whatTheBuildKnowsItselfFailsTheBuildAndNotTheStart() {
        fail("The application must not be built");
    }
}
