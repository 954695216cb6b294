package io.quarkiverse.llm.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Test;

import io.quarkiverse.llm.LlmClient;
import io.quarkus.runtime.LaunchMode;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;

class ProviderNamesTest {

    @Test
    void everyKnownNameThatIsNoBeanGetsOne() {
        assertThat(new ProviderNames(Set.of("injected", "mine"), Set.of("mine"), Set.of("brought"), Set.of("visible"))
                .synthetic()).containsExactly(LlmClient.DEFAULT, "brought", "injected", "visible");
    }

    @Test
    void aDefaultProviderThatIsABeanNeedsNone() {
        assertThat(new ProviderNames(Set.of(LlmClient.DEFAULT), Set.of(LlmClient.DEFAULT), Set.of(), Set.of()).synthetic())
                .isEmpty();
    }

    @Test
    void theBuildSeesTheNamesOfItsConfigurationAndProfile() {
        SmallRyeConfig build = new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withProfile("dev")
                .withSources(new PropertiesConfigSource(Map.of(
                        "quarkus.llm.model", "default",
                        "quarkus.llm.local.model", "any",
                        "%dev.quarkus.llm.dev-only.base-url", "http://host",
                        "%prod.quarkus.llm.prod-only.base-url", "http://host",
                        "quarkus.llm.headers.x", "a header",
                        "quarkus.llm.devservices.enabled", "false",
                        "quarkus.llm-gateway.timeout", "5s"), "application.properties", 250))
                .build();

        assertThat(new BuildConfiguration(build).names()).containsExactly(LlmClient.DEFAULT, "dev-only", "local");
    }

    @Test
    void aValueThatOnlyTheRunningApplicationHasHidesNoName() {
        SmallRyeConfig build = new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withSources(new PropertiesConfigSource(Map.of(
                        "quarkus.llm.local.base-url", "http://host",
                        "quarkus.llm.local.max-concurrent-requests", "${ONLY_THERE}",
                        "quarkus.llm.health.model", "reserved",
                        "quarkus.llm.headers.x", "a header"), "application.properties", 250))
                .build();

        assertThat(new BuildConfiguration(build).names()).containsExactly(LlmClient.DEFAULT, "local");
        assertThat(new BuildConfiguration(build).facts(LaunchMode.NORMAL)).isEmpty();
    }
}
