package io.quarkiverse.llm.gateway.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkus.test.QuarkusProdModeTest;

/** In production nobody serves their models to everybody without having said so. */
class GatewayInProductionTest {

    @RegisterExtension
    static final QuarkusProdModeTest APPLICATION = new QuarkusProdModeTest().withEmptyApplication()
            .overrideConfigKey("quarkus.llm.base-url", "http://localhost:1/v1")
            .overrideConfigKey("quarkus.llm.model", "any")
            .overrideConfigKey("quarkus.http.port", "0")
            .setRun(true).setExpectExit(true);

    @Test
    void theStartIsRefusedAndTheMendNamed() {
        assertThat(APPLICATION.getExitCode()).isNotZero();
        assertThat(APPLICATION.getStartupConsoleOutput()).contains("quarkus.llm-gateway.authentication is not set",
                "quarkus.llm-gateway.keys.\"NAME\".value", "quarkus.llm-gateway.authentication=none");
    }
}
