package io.quarkiverse.llm.messaging.runtime.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import io.quarkiverse.llm.messaging.LlmWorkerOptions;
import io.quarkiverse.llm.messaging.runtime.config.LlmMessagingRuntimeConfig;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.SmallRyeConfigBuilder;

/** Settings become options, or a sentence. */
class WorkerSettingsTest {

    private static LlmWorkerOptions options(String key, String value) {
        return options(Map.of(key, value));
    }

    private static LlmWorkerOptions options(Map<String, String> members) {
        SmallRyeConfigBuilder config = new SmallRyeConfigBuilder().withMapping(LlmMessagingRuntimeConfig.class)
                .withConverter(java.time.Duration.class, 200, new DurationConverter())
                .withDefaultValue("quarkus.llm-messaging.workers.pool.enabled", "true");
        members.forEach((key, value) -> config.withDefaultValue("quarkus.llm-messaging.workers.pool." + key, value));
        return WorkerSettings.of("pool",
                config.build().getConfigMapping(LlmMessagingRuntimeConfig.class).workers().get("pool"));
    }

    @Test
    void theDefaultsOfTheOptionsAreThoseOfTheConfiguration() {
        assertThat(options("max-attempts", "3")).isEqualTo(LlmWorkerOptions.DEFAULTS);
    }

    @Test
    void twiceAsManyAsStreamAreInFlight() {
        assertThat(options("concurrency", "7").maxInFlight()).isEqualTo(14);
    }

    @TestFactory
    List<DynamicTest> whatCannotBeIsRefusedWithItsKey() {
        return List.of(
                refused("concurrency", "0", "concurrency must be larger than 0, but is 0"),
                refused("max-in-flight", "15",
                        "max-in-flight must not be less than concurrency, which is 16, but is 15"),
                refused("max-attempts", "0", "max-attempts must be larger than 0, but is 0"),
                refused("retry-delay", "0s", "retry-delay must be longer than 0s, but is PT0S"),
                refused("timeout", "0s", "timeout must be longer than 0s, but is PT0S"),
                refused("idempotency-window", "-1s", "idempotency-window must not be negative, but is PT-1S"),
                refused("idempotency-keys", "0", "idempotency-keys must be larger than 0, but is 0"),
                refused("max-unwritten-events", "-1", "max-unwritten-events must be larger than 0, but is -1"),
                refused("shutdown-timeout", "-1s", "shutdown-timeout must not be negative, but is PT-1S"));
    }

    @Test
    void allMistakesAreToldAtOnce() {
        assertThatThrownBy(() -> options(Map.of("concurrency", "-7", "max-in-flight", "5", "max-attempts", "0",
                "retry-delay", "0s"))).isInstanceOf(ConfigurationException.class)
                .hasMessage("""
                        quarkus.llm-messaging.workers.pool.concurrency must be larger than 0, but is -7
                        quarkus.llm-messaging.workers.pool.max-attempts must be larger than 0, but is 0
                        quarkus.llm-messaging.workers.pool.retry-delay must be longer than 0s, but is PT0S""");
    }

    private static DynamicTest refused(String key, String value, String sentence) {
        return DynamicTest.dynamicTest(key, () -> assertThatThrownBy(() -> options(key, value))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("quarkus.llm-messaging.workers.pool." + sentence));
    }
}
