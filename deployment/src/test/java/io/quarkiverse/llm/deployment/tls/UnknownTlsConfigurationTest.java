package io.quarkiverse.llm.deployment.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.llm.deployment.Failure;
import io.quarkus.test.QuarkusUnitTest;

class UnknownTlsConfigurationTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withEmptyApplication()
            .overrideConfigKey("quarkus.llm.local.base-url", "https://127.0.0.1:1")
            .overrideConfigKey("quarkus.llm.local.tls-configuration-name", "inhouse")
            .assertException(failure -> assertThat(Failure.messages(failure)).contains(
                    "quarkus.llm.local.tls-configuration-name is 'inhouse', but there is no such TLS configuration: set "
                            + "quarkus.tls.inhouse.*"));

    @Test
    void theStartFails() {
        fail("The application must not start");
    }
}
