package io.quarkiverse.llm.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;

import org.junit.jupiter.api.Test;

import io.quarkus.runtime.LaunchMode;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;

/** What an extension says by default is meant for the server that it says. */
class ContributedSecretsTest {

    private static final Map<String, String> CONTRIBUTED = Map.of(
            "quarkus.llm.acme.base-url", "http://acme.example.com",
            "quarkus.llm.acme.api-key", "key-of-acme",
            "quarkus.llm.acme.headers.X-Tenant", "tenant-of-acme");

    private static ProviderSettings settings(Map<String, String> application) {
        return SettingsResolver.of(new SmallRyeConfigBuilder().addDiscoveredConverters().addDefaultInterceptors()
                .withSources(new PropertiesConfigSource(application, "application.properties", 250))
                .withDefaultValues(CONTRIBUTED).withMapping(LlmRuntimeConfig.class).build(), LaunchMode.NORMAL,
                Withheld.NOTHING)
                .settings("acme");
    }

    @Test
    void itsSecretsGoToItsServer() {
        ProviderSettings settings = settings(Map.of("quarkus.llm.acme.model", "large"));

        assertThat(settings.apiKey()).isPresent();
        assertThat(settings.headers()).containsKey("X-Tenant");
    }

    @Test
    void theyDoNotGoToAServerThatTheApplicationPutsInItsPlace() {
        ProviderSettings settings = settings(Map.of("quarkus.llm.acme.base-url", "http://users-own-host"));

        assertThat(settings.apiKey()).isEmpty();
        assertThat(settings.headers()).isEmpty();
    }

    @Test
    void theApplicationsOwnKeyDoes() {
        ProviderSettings settings = settings(Map.of("quarkus.llm.acme.base-url", "http://users-own-host",
                "quarkus.llm.acme.api-key", "own-key"));

        assertThat(settings.apiKey()).map(key -> key.reveal()).contains("own-key");
    }
}
