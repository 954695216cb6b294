package io.quarkiverse.llm.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.llm.LlmClient;
import io.quarkus.runtime.LaunchMode;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;

class SimulationDecisionTest {

    private static final Set<String> DEFAULT = Set.of(LlmClient.DEFAULT);
    private static final ProviderNames INJECTED = new ProviderNames(DEFAULT, Set.of(), Set.of(), Set.of());

    @Test
    void theDefaultProviderIsSimulatedWhenNothingIsConfigured() {
        assertThat(simulated(Map.of(), INJECTED)).isTrue();
        assertThat(simulated(Map.of("quarkus.llm.model", "any", "quarkus.llm.local.base-url", "http://host"), INJECTED))
                .isTrue();
        assertThat(simulated(Map.of("quarkus.llm.base-url", ""), INJECTED)).isTrue();
    }

    @Test
    void nobodyInjectsItNobodyNeedsIt() {
        assertThat(simulated(Map.of(), new ProviderNames(Set.of(), Set.of(), Set.of(), DEFAULT))).isFalse();
        assertThat(simulated(Map.of(), new ProviderNames(Set.of("local"), Set.of(), Set.of(), Set.of()))).isFalse();
    }

    @Test
    void anOwnBeanIsTheDefaultProvider() {
        assertThat(simulated(Map.of(), new ProviderNames(DEFAULT, DEFAULT, Set.of(), Set.of()))).isFalse();
        assertThat(simulated(Map.of(), new ProviderNames(DEFAULT, Set.of("mine"), Set.of(), Set.of()))).isTrue();
    }

    @Test
    void anExtensionMayBringTheDefaultProvider() {
        assertThat(simulated(Map.of(), new ProviderNames(DEFAULT, Set.of(), DEFAULT, Set.of()))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = { "quarkus.llm.base-url", "quarkus.llm.preset", "quarkus.llm.api-key", "quarkus.llm.active" })
    void anythingThatSaysWhichOneIsEnough(String key) {
        assertThat(simulated(Map.of(key, "any"), INJECTED)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = { "OPENAI_BASE_URL", "OPENAI_API_KEY" })
    void theEnvironmentCountsWhereItIsHonoured(String variable) {
        assertThat(simulated(LaunchMode.DEVELOPMENT, Map.of(variable, "any"))).isFalse();
        assertThat(simulated(LaunchMode.TEST, Map.of(variable, "any"))).isTrue();
        assertThat(simulated(LaunchMode.TEST, Map.of(variable, "any", "quarkus.llm.openai-environment", "true"))).isFalse();
        assertThat(simulated(LaunchMode.DEVELOPMENT, Map.of(variable, "any", "quarkus.llm.openai-environment", "false")))
                .isTrue();
    }

    private static boolean simulated(LaunchMode mode, Map<String, String> properties) {
        return decision(mode, properties).simulated(INJECTED);
    }

    private static boolean simulated(Map<String, String> properties, ProviderNames names) {
        return decision(LaunchMode.TEST, properties).simulated(names);
    }

    private static SimulationDecision decision(LaunchMode mode, Map<String, String> properties) {
        return new SimulationDecision(new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(properties, "application.properties", 250)).build(), mode);
    }
}
