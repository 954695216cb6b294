package io.quarkiverse.llm.deployment.devservices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.llm.LlmProvider;
import io.quarkiverse.llm.deployment.Failure;
import io.quarkus.arc.Unremovable;
import io.quarkus.test.QuarkusUnitTest;

class SimulationSwitchedOffTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(root -> root.addClasses(Greeter.class))
            .overrideConfigKey("quarkus.llm.devservices.enabled", "false")
            .assertException(failure -> assertThat(Failure.messages(failure)).contains("The default provider is not "
                    + "configured: set quarkus.llm.base-url (environment variable QUARKUS_LLM_BASE_URL) or "
                    + "quarkus.llm.preset, for OpenAI just quarkus.llm.api-key"));

    @Singleton
    @Unremovable
    static class Greeter {

        @Inject
        LlmProvider llm;
    }

    @Test
    void theStartFailsWithWhatToConfigure() {
        fail("The application must not start");
    }
}
