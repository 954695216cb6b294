package io.quarkiverse.llm.deployment.devservices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.llm.LlmClient;
import io.quarkiverse.llm.LlmProvider;
import io.quarkiverse.llm.deployment.Failure;
import io.quarkus.arc.Unremovable;
import io.quarkus.test.QuarkusUnitTest;

class NoSimulationOfNamedProvidersTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(root -> root.addClasses(Greeter.class))
            .assertException(failure -> assertThat(Failure.messages(failure))
                    .contains("Provider 'local' is not configured: set quarkus.llm.local.base-url"));

    @Singleton
    @Unremovable
    static class Greeter {

        @Inject
        LlmProvider simulated;

        @Inject
        @LlmClient("local")
        LlmProvider local;
    }

    @Test
    void theStartFailsAlthoughTheDefaultProviderIsSimulated() {
        fail("The application must not start");
    }
}
