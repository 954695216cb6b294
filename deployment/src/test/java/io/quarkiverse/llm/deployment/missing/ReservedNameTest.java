package io.quarkiverse.llm.deployment.missing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.llm.LlmClient;
import io.quarkiverse.llm.LlmProvider;
import io.quarkiverse.llm.deployment.Failure;
import io.quarkus.test.QuarkusUnitTest;

class ReservedNameTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(root -> root.addClasses(Greeter.class))
            .assertException(failure -> assertThat(Failure.messages(failure)).contains(Greeter.class.getName() + "#llm")
                    .contains("'gateway' cannot be the name of a provider, because quarkus.llm.gateway.* means something "
                            + "else: choose another name"));

    @Singleton
    static class Greeter {

        @Inject
        @LlmClient("gateway")
        LlmProvider llm;
    }

    @Test
    void theBuildFails() {
        fail("The application must not be built");
    }
}
