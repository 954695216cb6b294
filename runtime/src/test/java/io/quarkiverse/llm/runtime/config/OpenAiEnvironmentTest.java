package io.quarkiverse.llm.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import io.quarkiverse.llm.LlmClient;
import io.quarkiverse.llm.runtime.config.preset.Preset;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.configuration.ConfigurationException;

/** Where OPENAI_BASE_URL and OPENAI_API_KEY count, and that the key goes to nobody else. */
class OpenAiEnvironmentTest {

    private static final Map<String, String> KEY = Map.of("OPENAI_API_KEY", "sk-env");
    private static final Map<String, String> BOTH = Map.of("OPENAI_API_KEY", "sk-env", "OPENAI_BASE_URL", "http://proxy/v1");

    @Test
    void aKeyAloneMeansOpenAi() {
        Configuration configuration = Configuration.ofEnvironment(KEY);

        assertThat(configuration.resolver().names()).containsExactly(LlmClient.DEFAULT);
        assertThat(configuration.settings().endpoint()).hasToString("https://api.openai.com:443/v1");
        assertThat(configuration.settings().quirks()).isEqualTo(Preset.OPENAI.quirks());
        assertThat(configuration.key()).contains("sk-env");
    }

    @Test
    void theKeyGoesToTheServerOfTheBaseUrlBesideIt() {
        Configuration configuration = Configuration.ofEnvironment(BOTH);

        assertThat(configuration.settings().endpoint()).hasToString("http://proxy:80/v1");
        assertThat(configuration.settings().quirks()).isEqualTo(Preset.GENERIC.quirks());
        assertThat(configuration.key()).contains("sk-env");
    }

    @Test
    void theBaseUrlNeedsNoKey() {
        Configuration configuration = Configuration.ofEnvironment(Map.of("OPENAI_BASE_URL", "http://proxy/v1"));

        assertThat(configuration.resolver().names()).containsExactly(LlmClient.DEFAULT);
        assertThat(configuration.key()).isEmpty();
    }

    @Test
    void aConfiguredBaseUrlNeverGetsTheKey() {
        Configuration local = Configuration.of(Map.of("quarkus.llm.base-url", "http://localhost:8080")).with(BOTH);

        assertThat(local.settings().endpoint()).hasToString("http://localhost:8080/v1");
        assertThat(local.key()).isEmpty();

        Configuration openAi = Configuration.of(Map.of("quarkus.llm.base-url", "https://api.openai.com/v1")).with(KEY);

        assertThatExceptionOfType(ConfigurationException.class).isThrownBy(openAi::settings)
                .withMessage("The default provider (api.openai.com) has no API key: set quarkus.llm.api-key or the environment "
                        + "variable QUARKUS_LLM_API_KEY; OPENAI_API_KEY is set, but goes to no configured base URL: remove "
                        + "quarkus.llm.base-url to use it");
    }

    @Test
    void whatTheEnvironmentDecidesIsSaid() {
        assertThat(Configuration.ofEnvironment(KEY).resolver().environmentNotice())
                .contains(
                        "The default provider comes from the environment: OPENAI_API_KEY makes it https://api.openai.com:443");
        assertThat(Configuration.of(Map.of("quarkus.llm.base-url", "http://h")).with(BOTH).resolver().environmentNotice())
                .isEmpty();
        assertThat(Configuration.of(Map.of()).resolver().environmentNotice()).isEmpty();
    }

    @Test
    void aPresetOfAnotherServerHasNothingFromTheEnvironment() {
        Configuration ollama = Configuration.of(Map.of("quarkus.llm.preset", "ollama")).with(BOTH);

        assertThat(ollama.key()).isEmpty();
        assertThat(ollama.resolver().environmentNotice()).isEmpty();
    }

    @Test
    void theNoticeSaysWhatOfTheEnvironmentIsUsed() {
        assertThat(Configuration.ofEnvironment(BOTH).resolver().environmentNotice()).contains("The default provider comes from "
                + "the environment: OPENAI_BASE_URL makes it http://proxy:80");
        assertThat(Configuration.of(Map.of("quarkus.llm.preset", "openai")).with(KEY).resolver().environmentNotice())
                .contains("The default provider (https://api.openai.com:443) has its key from the environment: OPENAI_API_KEY");
        assertThat(Configuration.of(Map.of("quarkus.llm.api-key", "sk-own")).with(BOTH).resolver().environmentNotice())
                .isEmpty();
    }

    @Test
    void aMissingKeyOfAnotherServerIsNotAskedForInTheEnvironment() {
        for (Map<String, String> environment : List.of(Map.<String, String> of(), KEY)) {
            Configuration mistral = Configuration.of(Map.of("quarkus.llm.preset", "mistral")).with(environment);

            assertThatExceptionOfType(ConfigurationException.class).isThrownBy(mistral::settings)
                    .withMessage("The default provider (api.mistral.ai) has no API key: set quarkus.llm.api-key or the "
                            + "environment variable QUARKUS_LLM_API_KEY");
        }
    }

    @Test
    void aKeyIsNotSaidToBeThereForAConfiguredUrlOfAnotherServer() {
        Configuration mistral = Configuration.of(Map.of("quarkus.llm.base-url", "https://api.mistral.ai")).with(KEY);

        assertThatExceptionOfType(ConfigurationException.class).isThrownBy(mistral::settings)
                .withMessage("The default provider (api.mistral.ai) has no API key: set quarkus.llm.api-key or the environment "
                        + "variable QUARKUS_LLM_API_KEY");
    }

    @Test
    void aBaseUrlForAReservedNameIsNoticed() {
        assertThat(Configuration.of(Map.of("quarkus.llm.default.base-url", "http://h", "quarkus.llm.headers.x", "1")).resolver()
                .reservedNames()).containsExactly("default");
    }

    @Test
    void thePresetOfOpenAiGetsTheKey() {
        assertThat(Configuration.of(Map.of("quarkus.llm.preset", "openai")).with(KEY).key()).contains("sk-env");
    }

    @Test
    void aPresetSaysWhichServerItIsWhateverTheEnvironmentsUrl() {
        Configuration configuration = Configuration.of(Map.of("quarkus.llm.preset", "openai")).with(BOTH);

        assertThat(configuration.settings().endpoint()).hasToString("https://api.openai.com:443/v1");
    }

    @Test
    void aConfiguredKeyNeverGoesToTheUrlOfTheEnvironment() {
        Configuration configuration = Configuration.of(Map.of("quarkus.llm.api-key", "sk-own")).with(BOTH);

        assertThat(configuration.settings().endpoint()).hasToString("https://api.openai.com:443/v1");
        assertThat(configuration.key()).contains("sk-own");
    }

    @Test
    void aConfiguredKeyWins() {
        assertThat(Configuration.of(Map.of("quarkus.llm.api-key", "sk-own")).with(KEY).key()).contains("sk-own");
        assertThat(Configuration.of(Map.of("quarkus.llm.api-key", "sk-own")).settings().endpoint())
                .hasToString("https://api.openai.com:443/v1");
    }

    @Test
    void namedProvidersNeverGetTheKey() {
        Configuration configuration = Configuration.of(Map.of("quarkus.llm.gpt.preset", "openai")).with(KEY);

        assertThatExceptionOfType(ConfigurationException.class).isThrownBy(() -> configuration.settings("gpt"))
                .withMessage("Provider 'gpt' (api.openai.com) has no API key: set quarkus.llm.gpt.api-key or the environment "
                        + "variable QUARKUS_LLM_GPT_API_KEY");
    }

    @Test
    void testsReadNeitherUnlessTheyAsk() {
        assertThat(Configuration.ofEnvironment(BOTH).in(LaunchMode.TEST).resolver().names()).isEmpty();
        assertThat(Configuration.of(Map.of("quarkus.llm.openai-environment", "true")).with(BOTH).in(LaunchMode.TEST).key())
                .contains("sk-env");
        assertThat(Configuration.ofEnvironment(BOTH).in(LaunchMode.DEVELOPMENT).key()).contains("sk-env");
    }

    @Test
    void theyCanBeSwitchedOff() {
        assertThat(Configuration.of(Map.of("quarkus.llm.openai-environment", "false")).with(BOTH).resolver().names()).isEmpty();
    }

    @Test
    void emptyValuesAreNone() {
        assertThat(Configuration.ofEnvironment(Map.of("OPENAI_API_KEY", " ", "OPENAI_BASE_URL", "")).resolver().names())
                .isEmpty();
    }

    @Test
    void theKeyIsNotShown() {
        assertThat(OpenAiEnvironment.of(Configuration.ofEnvironment(KEY).config(), Optional.empty(),
                LaunchMode.NORMAL).toString()).doesNotContain("sk-env");
    }
}
