package io.quarkiverse.llm.gateway.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.test.QuarkusUnitTest;

/** An application that is to keep its state in Redis and has no client for it. */
class RedisWithoutClientTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest().withEmptyApplication()
            .overrideConfigKey("quarkus.llm.base-url", "http://localhost:1/v1")
            .overrideConfigKey("quarkus.llm.model", "any")
            .overrideConfigKey("quarkus.llm-gateway.store.type", "redis")
            .assertException(failure -> assertThat(failure).isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("quarkus.llm-gateway.store.type is redis")
                    .hasMessageContaining("io.quarkus:quarkus-redis-client"));

    @Test
    void doesNotStart() {
        throw new AssertionError("The start fails with a sentence that names the mend");
    }
}
