package io.quarkiverse.llm.gateway.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.llm.gateway.runtime.ServedGateway;
import io.quarkiverse.llm.gateway.runtime.store.StateStore;
import io.quarkus.test.QuarkusUnitTest;

/** Without settings there is a store in memory, within an eighth of the heap. */
class StoreTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest().withEmptyApplication()
            .overrideConfigKey("quarkus.llm.base-url", "http://localhost:1/v1")
            .overrideConfigKey("quarkus.llm.model", "any");

    @Inject
    ServedGateway gateway;

    @Test
    void keepsWhatIsWritten() {
        StateStore store = gateway.store().orElseThrow();
        assertThat(store.describe()).contains("memory", Runtime.getRuntime().maxMemory() / 8 + " bytes");
        store.put(Map.of("a", new byte[] { 1 })).await().atMost(Duration.ofSeconds(10));
        assertThat(store.get("a").await().atMost(Duration.ofSeconds(10)).orElseThrow()).containsExactly(1);
    }
}
