package io.quarkiverse.llm.runtime.config.preset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.entry;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import io.quarkiverse.llm.Capability;
import io.quarkiverse.llm.LlmCapabilities.Finding;
import io.quarkiverse.llm.LlmCapabilities.Source;
import io.quarkiverse.llm.LlmCapabilities.Support;
import io.quarkiverse.llm.runtime.config.Configuration;
import io.quarkiverse.llm.runtime.config.ProviderSettings;
import io.quarkus.runtime.configuration.ConfigurationException;

class PresetTest {

    /** Values that are not the cautious ones, as the configuration would write them. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "generic    | ''",
            "openai     | instructions-role=developer join-texts=false max-tokens-field=max-completion-tokens "
                    + "merge-instructions=false reasoning-field=none reasoning-replay=encrypted refusal-field=true "
                    + "sampling-fields=none strict-response-format=true strict-tools=true "
                    + "tool-choice-form=allowed-tools",
            "azure      | join-texts=false key-header=api-key max-tokens-field=max-completion-tokens "
                    + "merge-instructions=false reasoning-field=none reasoning-replay=encrypted refusal-field=true "
                    + "sampling-fields=none strict-response-format=true strict-tools=true "
                    + "tool-choice-form=named",
            "llama-cpp  | join-texts=false only-functions=true reasoning-replay=text "
                    + "sampling-fields=frequency_penalty,presence_penalty,seed,stop text-format=response-format",
            "vllm       | reasoning-field=reasoning reasoning-replay=text sampling-fields=seed,stop "
                    + "text-format=json-schema tool-choice-form=named",
            "ollama     | merge-instructions=false only-functions=true reasoning-field=reasoning sampling-fields=none "
                    + "text-format=json-schema tool-call-content=empty",
            "lm-studio  | response-formats=json-schema text-format=none",
            "openrouter | reasoning-effort-form=reasoning reasoning-field=reasoning strict-response-format=true "
                    + "strict-tools=true tool-choice-form=named",
            "deepseek   | reasoning-effort-form=thinking response-formats=json-object tool-choice-form=named",
            "groq       | max-tokens-field=max-completion-tokens omitted-fields=store reasoning-field=none "
                    + "strict-response-format=true tool-choice-form=named",
            "mistral    | include-usage=false omitted-fields=logprobs,safety_identifier,service_tier,store,top_logprobs,"
                    + "verbosity reasoning-field=thinking-part seed-field=random-seed strict-response-format=true "
                    + "strict-tools=true tool-call-content=empty "
                    + "tool-call-ids=nine-alphanumeric tool-choice-form=named",
            "xai        | reasoning-field=none reasoning-replay=encrypted tool-call-content=empty "
                    + "tool-choice-form=named" })
    void aPresetResolvesToItsQuirks(String preset, String differences) {
        Quirks quirks = resolved(Map.of("preset", preset, "base-url", "http://localhost:8080")).quirks();
        Map<String, String> found = new TreeMap<>();
        for (Quirk<?> quirk : Quirk.ALL) {
            if (!quirks.get(quirk).equals(Preset.GENERIC.quirks().get(quirk))) {
                found.put(quirk.toString(), Quirk.written(quirks.get(quirk)));
            }
        }

        assertThat(found).isEqualTo(Stream.of(differences.split(" ")).filter(one -> !one.isEmpty())
                .collect(TreeMap::new, (map, one) -> map.put(one.split("=")[0], one.split("=")[1]), Map::putAll));
    }

    @Test
    void everyValueHasASourceAndNoPresetLacksAQuirk() {
        for (Preset preset : Preset.values()) {
            assertThat(preset.quirkFacts()).as(preset.configName()).containsOnlyKeys(Quirk.ALL);
            assertThat(Stream.of(preset.quirkFacts().values(), preset.capabilityFacts().values())
                    .flatMap(facts -> facts.stream())).allSatisfy(fact -> assertThat(fact.source()).isNotBlank());
            assertThat(preset.capabilities().supports(Capability.CHAT_COMPLETIONS_API)).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({
            "openai,     https://api.openai.com:443/v1",
            "llama-cpp,  http://localhost:8080/v1",
            "vllm,       http://localhost:8000/v1",
            "ollama,     http://localhost:11434/v1",
            "lm-studio,  http://localhost:1234/v1",
            "openrouter, https://openrouter.ai:443/api/v1",
            "deepseek,   https://api.deepseek.com:443/v1",
            "groq,       https://api.groq.com:443/openai/v1",
            "mistral,    https://api.mistral.ai:443/v1",
            "xai,        https://api.x.ai:443/v1" })
    void aPresetKnowsWhereItsServerIs(String preset, String place) {
        assertThat(resolved(Map.of("preset", preset, "api-key", "k")).endpoint()).hasToString(place);
    }

    @ParameterizedTest
    @CsvSource({ "azure", "generic" })
    void aPresetWithoutAPlaceOfItsOwnNeedsABaseUrl(String preset) {
        assertThatExceptionOfType(ConfigurationException.class).isThrownBy(() -> resolved(Map.of("preset", preset)))
                .withMessage("Provider 'local' has no base URL, and the preset '" + preset + "' does not know one: set "
                        + "quarkus.llm.local.base-url");
    }

    @ParameterizedTest
    @CsvSource({
            "https://api.openai.com,              OPENAI,     /v1",
            "https://eu.api.openai.com,           OPENAI,     /v1",
            "https://my.openai.azure.com,         AZURE,      /openai/v1",
            "https://my.services.ai.azure.com/,   AZURE,      /openai/v1",
            "https://my.openai.azure.com/x,       AZURE,      /x",
            "https://my.cognitiveservices.azure.com, AZURE,   /openai/v1",
            "https://openrouter.ai,               OPENROUTER, /api/v1",
            "https://api.deepseek.com,            DEEPSEEK,   /v1",
            "https://api.groq.com,                GROQ,       /openai/v1",
            "https://api.mistral.ai,              MISTRAL,    /v1",
            "https://api.x.ai,                    XAI,        /v1",
            "https://eu.api.x.ai,                 XAI,        /v1",
            "http://localhost:11434,              GENERIC,    /v1",
            "https://notapi.openai.com.evil.org,  GENERIC,    /v1",
            "https://evilapi.openai.com,          GENERIC,    /v1",
            "https://openai.azure.com.evil.org,   GENERIC,    /v1" })
    void theHostTellsThePresetAndThePath(String baseUrl, Preset preset, String path) {
        ProviderSettings settings = resolved(Map.of("base-url", baseUrl, "api-key", "k"));

        assertThat(settings.quirks()).isEqualTo(preset.quirks());
        assertThat(settings.endpoint().path()).isEqualTo(path);
    }

    @Test
    void aConfiguredPresetDecidesAboutThePathOfOtherHosts() {
        assertThat(resolved(Map.of("base-url", "https://llm.example.org", "preset", "azure")).endpoint().path())
                .isEqualTo("/openai/v1");
        assertThat(resolved(Map.of("base-url", "https://llm.example.org/v1", "preset", "azure")).endpoint().path())
                .isEqualTo("/v1");
    }

    @ParameterizedTest
    @EnumSource
    void aKeyIsRequiredWhereTheHostIsThatOfAHostedServerOnly(Preset preset) {
        assertThat(resolved(Map.of("base-url", "https://proxy.example.org/v1", "preset", preset.configName())).apiKey())
                .isEmpty();
        if (preset.keyRequired() && preset.baseUrl().isPresent()) {
            assertThatExceptionOfType(ConfigurationException.class)
                    .isThrownBy(() -> resolved(Map.of("preset", preset.configName())))
                    .withMessageContaining(" has no API key: set quarkus.llm.local.api-key");
            assertThatExceptionOfType(ConfigurationException.class).isThrownBy(
                    () -> resolved(Map.of("base-url", preset.baseUrl().get(), "preset", "generic")));
        }
    }

    @ParameterizedTest
    @CsvSource({ "llama-cpp", "llama_cpp", "LLAMA_CPP", "Llama-Cpp" })
    void theNameOfAPresetIsReadInAnySpelling(String name) {
        assertThat(resolved(Map.of("preset", name)).quirks()).isEqualTo(Preset.LLAMA_CPP.quirks());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "preset            | llama.cpp | 'llama.cpp' is no preset; did you mean 'llama-cpp'? there are: generic, openai, "
                    + "azure, llama-cpp, vllm, ollama, lm-studio, openrouter, deepseek, groq, mistral, xai",
            "preset            | lmstudio  | 'lmstudio' is no preset; did you mean 'lm-studio'?",
            "preset            | gpt       | 'gpt' is no preset; there are: generic, ",
            "quirks.seed-field | rng       | 'rng' is no field for the seed; there are: seed, random-seed" })
    void aNameThatThereIsNotIsAnsweredWithTheNearestAndAll(String member, String value, String sentence) {
        assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> resolved(Map.of(member, value)))
                .withMessageContaining(sentence).withMessageContaining("quarkus.llm.local." + member)
                .withMessageNotContaining("io.quarkiverse");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "quirks.max-tokens-field      | max_completion_tokens    | max-completion-tokens",
            "quirks.instructions-role     | developer                | developer",
            "quirks.merge-instructions    | false                    | false",
            "quirks.refusal-field         | true                     | true",
            "quirks.reasoning-field       | thinking-part            | thinking-part",
            "quirks.reasoning-effort-form | enable-thinking          | enable-thinking",
            "quirks.tool-call-content     | omitted                  | omitted",
            "quirks.join-texts            | false                    | false",
            "quirks.tool-call-ids         | nine-alphanumeric        | nine-alphanumeric",
            "quirks.tool-choice-form      | named                    | named",
            "quirks.strict-tools          | true                     | true",
            "quirks.strict-response-format | true                    | true",
            "quirks.response-formats      | none                     | none",
            "quirks.seed-field            | random_seed              | random-seed",
            "quirks.omitted-fields        | user,store               | store,user",
            "quirks.reasoning-replay      | encrypted                | encrypted",
            "quirks.text-format           | response-format          | response-format",
            "quirks.sampling-fields       | stop,seed                | seed,stop",
            "quirks.only-functions        | true                     | true",
            "quirks.key-header            | x-api-key                | x-api-key",
            "include-usage                | false                    | false" })
    void everyQuirkIsASettingThatWinsOverThePreset(String member, String value, String written) {
        Quirk<?> quirk = Quirk.ALL.stream().filter(one -> one.member().equals(member)).findFirst().orElseThrow();
        Quirks quirks = resolved(Map.of("base-url", "http://localhost", member, value)).quirks();

        assertThat(Quirk.written(quirks.get(quirk))).isEqualTo(written)
                .isNotEqualTo(Quirk.written(Preset.GENERIC.quirks().get(quirk)));
        assertThat(Quirk.ALL).filteredOn(other -> other != quirk)
                .allSatisfy(other -> assertThat(quirks.get(other)).isEqualTo(Preset.GENERIC.quirks().get(other)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = { "store, service_tier", "' store ,service_tier, '", "service_tier,,store" })
    void blanksAroundTheNamesOfOmittedFieldsDoNotCount(String written) {
        assertThat(resolved(Map.of("preset", "ollama", "quirks.omitted-fields", written)).quirks().get(Quirk.OMITTED_FIELDS))
                .containsExactlyInAnyOrder("store", "service_tier");
    }

    @Test
    void noneStandsAlone() {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> resolved(Map.of("preset", "ollama", "quirks.omitted-fields", "none, seed")))
                .withMessage("quarkus.llm.local.quirks.omitted-fields has 'none' beside other names: remove one or the other");
    }

    @ParameterizedTest
    @CsvSource({ "quirks.join-texts", "capabilities.tools", "include-usage", "parallel-tool-calls", "http2", "log-requests",
            "log-responses" })
    void whatIsNeitherTrueNorFalseIsNotTakenForFalse(String member) {
        assertThatExceptionOfType(RuntimeException.class)
                .isThrownBy(() -> resolved(Map.of("preset", "ollama", member, "maybe")))
                .withMessageContaining("'maybe' is neither true nor false")
                .withMessageContaining("quarkus.llm.local." + member);
    }

    @Test
    void noFieldIsOmittedWhenItIsSaidSo() {
        assertThat(resolved(Map.of("preset", "mistral", "api-key", "k", "quirks.omitted-fields", "none")).quirks()
                .get(Quirk.OMITTED_FIELDS)).isEmpty();
    }

    @Test
    void aFieldWithoutWhichThereIsNoRequestCannotBeOmitted() {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> resolved(Map.of("preset", "ollama", "quirks.omitted-fields", "store,messages")))
                .withMessage("quarkus.llm.local.quirks.omitted-fields has 'messages', without which there is no request");
    }

    @Test
    void theSettingsOfTheDefaultProviderAreItsOwnAndMakeNoOther() {
        Configuration configuration = Configuration.of(Map.of("quarkus.llm.base-url", "http://localhost",
                "quarkus.llm.quirks.seed-field", "random-seed", "quarkus.llm.capabilities.tools", "true"))
                .with(Map.of("QUARKUS_LLM_QUIRKS_KEY_HEADER", "api-key", "QUARKUS_LLM_CAPABILITIES_REASONING", "false"));

        assertThat(configuration.resolver().names()).hasSize(1);
        assertThat(configuration.resolver().keys()).hasSize(1);
        assertThat(configuration.settings().quirks().get(Quirk.SEED_FIELD)).isEqualTo(SeedField.RANDOM_SEED);
        assertThat(configuration.settings().quirks().get(Quirk.KEY_HEADER)).isEqualTo(KeyHeader.API_KEY);
        assertThat(configuration.settings().capabilities().findings()).contains(
                entry(Capability.TOOLS, new Finding(Support.YES, Source.CONFIGURED)),
                entry(Capability.REASONING, new Finding(Support.NO, Source.CONFIGURED)),
                entry(Capability.CHAT_COMPLETIONS_API, new Finding(Support.YES, Source.PRESET)));
    }

    @ParameterizedTest
    @EnumSource
    void everyCapabilityIsASettingThatWinsOverThePreset(Capability capability) {
        String key = "capabilities." + capability.name().toLowerCase().replace('_', '-');
        for (boolean there : new boolean[] { true, false }) {
            assertThat(resolved(Map.of("preset", "ollama", key, String.valueOf(there))).capabilities().of(capability))
                    .isEqualTo(new Finding(there ? Support.YES : Support.NO, Source.CONFIGURED));
        }
    }

    private static ProviderSettings resolved(Map<String, String> members) {
        Map<String, String> properties = new LinkedHashMap<>();
        new HashMap<>(members).forEach((member, value) -> properties.put("quarkus.llm.local." + member, value));
        return Configuration.of(properties).settings("local");
    }
}
