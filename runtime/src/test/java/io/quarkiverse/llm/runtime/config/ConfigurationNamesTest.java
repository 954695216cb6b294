package io.quarkiverse.llm.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Test;

import io.quarkiverse.llm.LlmClient;
import io.quarkiverse.llm.Secret;

/** Which providers the configuration names, from properties and from the environment. */
class ConfigurationNamesTest {

    @Test
    void nothingConfiguredMeansNoProvider() {
        SettingsResolver resolver = Configuration.of(Map.of()).resolver();

        assertThat(resolver.keys()).containsExactly(LlmClient.DEFAULT);
        assertThat(resolver.names()).isEmpty();
    }

    @Test
    void aBaseUrlOrAPresetMakesAProvider() {
        SettingsResolver resolver = Configuration.of(Map.of(
                "quarkus.llm.base-url", "http://one",
                "quarkus.llm.two.base-url", "http://two",
                "quarkus.llm.three.preset", "openai",
                "quarkus.llm.four.model", "no provider")).resolver();

        assertThat(resolver.names()).containsExactly(LlmClient.DEFAULT, "three", "two");
        assertThat(resolver.keys()).contains("four");
    }

    @Test
    void aQuotedNameMayHoldADot() {
        SettingsResolver resolver = Configuration.of(Map.of("quarkus.llm.\"a.b\".base-url", "http://host")).resolver();

        assertThat(resolver.names()).containsExactly("a.b");
    }

    @Test
    void oneWordNamesNeedTheEnvironmentAlone() {
        Configuration configuration = Configuration.ofEnvironment(Map.of(
                "QUARKUS_LLM_BASE_URL", "http://one",
                "QUARKUS_LLM_API_KEY", "k1",
                "QUARKUS_LLM_LOCAL_BASE_URL", "http://two",
                "QUARKUS_LLM_LOCAL_API_KEY", "k2",
                "QUARKUS_LLM_LOCAL_MAX_OUTPUT_TOKENS", "7"));

        assertThat(configuration.resolver().names()).containsExactly(LlmClient.DEFAULT, "local");
        assertThat(configuration.settings().apiKey()).contains(Secret.of("k1"));
        assertThat(configuration.settings("local").apiKey()).contains(Secret.of("k2"));
        assertThat(configuration.settings("local").options().maxOutputTokens()).contains(7L);
    }

    @Test
    void theEnvironmentReachesANameWithDashesThatStandsUnquotedInAFile() {
        Configuration configuration = Configuration.of(Map.of("quarkus.llm.my-server.base-url", "http://host"))
                .with(Map.of("QUARKUS_LLM_MY_SERVER_API_KEY", "k"));

        assertThat(configuration.resolver().names()).containsExactly("my-server");
        assertThat(configuration.settings("my-server").apiKey()).contains(Secret.of("k"));
    }

    @Test
    void whatIsMeantForOthersMakesNoProvider() {
        SettingsResolver resolver = Configuration.of(Map.of(
                "quarkus.llm.headers.model", "a header",
                "quarkus.llm.extra-body.temperature", "1",
                "quarkus.llm.query-parameters.base-url", "a parameter",
                "quarkus.llm.devservices.model", "unknown there")).with(Map.of(
                        "QUARKUS_LLM_GATEWAY_TIMEOUT", "5s",
                        "QUARKUS_LLM_DEVSERVICES_ENABLED", "false",
                        "QUARKUS_LLM_CONNECT_TIMEOUT", "5s",
                        "QUARKUS_LLM_IDLE_TIMEOUT", "5s",
                        "QUARKUS_LLM_FIRST_EVENT_TIMEOUT", "5s",
                        "QUARKUS_LLM_OPENAI_ENVIRONMENT", "true"))
                .resolver();

        assertThat(resolver.keys()).containsExactly(LlmClient.DEFAULT);
    }

    @Test
    void mapsOfTheDefaultProviderStayItsOwn() {
        ProviderSettings settings = Configuration.of(Map.of(
                "quarkus.llm.base-url", "http://host",
                "quarkus.llm.headers.model", "a header",
                "quarkus.llm.extra-body.temperature", "1")).settings();

        assertThat(settings.headers()).containsOnlyKeys("model");
        assertThat(settings.extraBody()).containsOnlyKeys("temperature");
    }

    @Test
    void messagesNameBothSpellings() {
        assertThat(new SettingKey("local", "api-key")).hasToString("quarkus.llm.local.api-key");
        assertThat(new SettingKey("local", "api-key").environmentVariable()).isEqualTo("QUARKUS_LLM_LOCAL_API_KEY");
        assertThat(new SettingKey(LlmClient.DEFAULT, "api-key")).hasToString("quarkus.llm.api-key");
        assertThat(new SettingKey(LlmClient.DEFAULT, "api-key").environmentVariable()).isEqualTo("QUARKUS_LLM_API_KEY");
        assertThat(new SettingKey("a.b", "model")).hasToString("quarkus.llm.\"a.b\".model");
    }

    @Test
    void reservedNamesAreDroppedFromTheKeys() {
        assertThat(ReservedNames.without(Set.of("gateway", "headers", "local"))).containsExactly("local");
    }
}
