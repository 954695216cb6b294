package io.quarkiverse.llm.deployment.dev;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.llm.LlmClient;
import io.quarkiverse.llm.runtime.config.SettingNames;

class LiveKeysTest {

    private final LiveKeys keys = new LiveKeys(SettingNames.ofMappings(), Set.of(LlmClient.DEFAULT, "local", "my-dash"));

    @ParameterizedTest
    @ValueSource(strings = { "quarkus.llm.model", "quarkus.llm.base-url", "quarkus.llm.active", "quarkus.llm.api-key",
            "quarkus.llm.quirks.seed-field", "quarkus.llm.headers.X-Trace", "quarkus.llm.extra-body.chat.template",
            "quarkus.llm.stop[0]", "quarkus.llm.headers.model" })
    void theSettingsOfTheDefaultProviderAreLive(String key) {
        assertThat(keys.contains(key)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = { "quarkus.llm.local.model", "quarkus.llm.\"local\".model", "quarkus.llm.\"my-dash\".model",
            "quarkus.llm.my-dash.quirks.seed-field", "quarkus.llm.local.headers.\"X.Y\"", "quarkus.llm.local.stop[1]" })
    void theSettingsOfAKnownProviderAreLive(String key) {
        assertThat(keys.contains(key)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = { "quarkus.llm.other.model", "quarkus.llm.other.base-url", "quarkus.llm.\"local.two\".model" })
    void aNewProviderIsNot(String key) {
        assertThat(keys.contains(key)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = { "quarkus.llm.devservices.enabled", "quarkus.llm.openai-environment", "quarkus.llm.health.enabled",
            "quarkus.llm.gateway.model", "quarkus.llm-gateway.path" })
    void whatTheBuildDecidesIsNot(String key) {
        assertThat(keys.contains(key)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = { "greeting", "quarkus.http.port", "quarkus.llm.", "quarkus.llm", "quarkus.llm.modle",
            "quarkus.llm.local", "quarkus.llm.local.", "quarkus.llm.local.modle", "quarkus.llm.headers", "quarkus.llm.\"local",
            "" })
    void aKeyThatIsNoSettingIsNot(String key) {
        assertThat(keys.contains(key)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = { "quarkus.llm.gateway.model", "quarkus.llm.devservices.model" })
    void aReservedNameIsNoProviderEvenWhenSomebodyInjectsIt(String key) {
        assertThat(new LiveKeys(SettingNames.ofMappings(), Set.of("gateway", "devservices")).contains(key)).isFalse();
    }
}
