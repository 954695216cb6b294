package io.quarkiverse.llm.runtime.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;

import org.junit.jupiter.api.Test;

import io.quarkiverse.llm.LlmClient;
import io.quarkiverse.llm.LlmProviderSettings;
import io.quarkiverse.llm.LlmProviderSettings.Setting;
import io.quarkiverse.llm.LlmProviderUpdate;
import io.quarkiverse.llm.runtime.config.Configuration;

class SettingsViewTest {

    @Test
    void eachSettingSaysWhereItComesFrom() {
        LiveFixture live = new LiveFixture(Configuration.of(Map.of(
                "quarkus.llm.local.base-url", "http://localhost:11434?key=secret",
                "quarkus.llm.local.preset", "ollama"))
                .with(Map.of("QUARKUS_LLM_LOCAL_API_KEY", "secret")).config(), OverridesStore.NONE,
                (config, resolver) -> SettingsCheck.Finding.NOTHING);
        live.providers.update("local", LlmProviderUpdate.model("small"));

        LlmProviderSettings settings = live.providers.settings("local");

        assertThat(settings.server()).contains("http://localhost:11434/v1");
        assertThat(settings.settings()).contains(
                new Setting("base-url", "http://localhost:11434/v1", "application.properties"),
                new Setting("api-key", "***", "environment variable QUARKUS_LLM_LOCAL_API_KEY"),
                new Setting("model", "small", "changed at run time"),
                new Setting("preset", "ollama", "application.properties"),
                new Setting("wire-api", "auto", "default value"));
        assertThat(settings.find("quirks.max-tokens-field")).map(Setting::source).contains("preset ollama");
        assertThat(settings.toString()).doesNotContain("secret");
    }

    @Test
    void whatIsNotConfiguredIsShownAsItIs() {
        LiveFixture live = new LiveFixture(Map.of("quarkus.llm.api-key", "secret"));

        LlmProviderSettings settings = live.providers.settings(LlmClient.DEFAULT);

        assertThat(settings.settings()).contains(
                new Setting("base-url", "https://api.openai.com:443/v1", "preset openai"),
                new Setting("preset", "openai", "host of the base URL"));
        assertThat(settings.find("model")).isEmpty();
    }

    @Test
    void theEnvironmentOfOpenAiIsNamed() {
        LiveFixture live = new LiveFixture(Configuration.ofEnvironment(Map.of("OPENAI_API_KEY", "secret",
                "OPENAI_BASE_URL", "http://host/v1")).config(), OverridesStore.NONE,
                (config, resolver) -> SettingsCheck.Finding.NOTHING);

        assertThat(live.providers.settings(LlmClient.DEFAULT).settings()).contains(
                new Setting("base-url", "http://host:80/v1", "environment variable OPENAI_BASE_URL"),
                new Setting("api-key", "***", "environment variable OPENAI_API_KEY"));
    }

    @Test
    void secretsThatAreHeldBackAreSaidToBe() {
        LiveFixture live = new LiveFixture(Map.of("quarkus.llm.local.base-url", "http://one",
                "quarkus.llm.local.headers.X-Key", "secret"));
        live.providers.update("local", LlmProviderUpdate.baseUrl("http://two"));

        assertThat(live.providers.settings("local").find("headers.X-Key"))
                .contains(new Setting("headers.X-Key", "not sent: it was given for another server", "application.properties"));
    }

    @Test
    void theDefaultShowsWhatStandsBehindIt() {
        LiveFixture live = new LiveFixture(Map.of("quarkus.llm.local.base-url", "http://one", "quarkus.llm.active", "local"));

        assertThat(live.providers.settings(LlmClient.DEFAULT).provider()).isEqualTo("local");
    }

    @Test
    void aBeanHasNoSettings() {
        assertThat(new LiveFixture(Map.of(), "mine").providers.settings("mine").settings()).isEmpty();
    }
}
