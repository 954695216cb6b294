package io.quarkiverse.llm.gateway.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.llm.gateway.runtime.ServedGateway;
import io.quarkus.test.QuarkusUnitTest;

/** A gateway that keeps nothing. */
class NoStoreTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest().withEmptyApplication()
            .overrideConfigKey("quarkus.llm.base-url", "http://localhost:1/v1")
            .overrideConfigKey("quarkus.llm.model", "any")
            .overrideConfigKey("quarkus.llm-gateway.store.enabled", "false");

    @Inject
    ServedGateway gateway;

    @Test
    void hasNoStore() {
        assertThat(gateway.store()).isEmpty();
    }
}
