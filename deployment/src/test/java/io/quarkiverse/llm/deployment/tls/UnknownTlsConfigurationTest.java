package io.quarkiverse.llm.deployment.tls;

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

class UnknownTlsConfigurationTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(root -> root.addClasses(Greeter.class))
            .overrideConfigKey("quarkus.llm.local.base-url", "https://127.0.0.1:1")
            .overrideConfigKey("quarkus.llm.local.tls-configuration-name", "inhouse")
            .assertException(failure -> assertThat(Failure.messages(failure)).contains(
                    "Provider 'local' wants the TLS configuration 'inhouse', which does not exist. Set quarkus.tls.inhouse.*"));

    @Singleton
    @Unremovable
    static class Greeter {

        @Inject
        @LlmClient("local")
        LlmProvider llm;
    }

    @Test
    void theStartFailsWhereItIsInjected() {
        fail("The application must not start");
    }
}
