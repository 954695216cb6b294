package io.quarkiverse.llm.runtime.provider;

import static io.quarkiverse.llm.runtime.provider.WireFixture.AT_MOST;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.quarkiverse.llm.Capability;
import io.quarkiverse.llm.LlmCapabilities.Finding;
import io.quarkiverse.llm.LlmCapabilities.Source;
import io.quarkiverse.llm.LlmCapabilities.Support;
import io.quarkiverse.llm.LlmException;
import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.Secret;
import io.quarkiverse.llm.runtime.config.KnownCapabilities;
import io.quarkiverse.llm.runtime.config.TestSettings;
import io.quarkiverse.llm.runtime.config.preset.KeyHeader;
import io.quarkiverse.llm.runtime.config.preset.Preset;
import io.quarkiverse.llm.runtime.config.preset.Quirk;
import io.quarkiverse.llm.scripted.Answer;
import io.quarkiverse.llm.scripted.RecordedRequest;
import io.vertx.core.json.JsonObject;

/** What a preset decides outside the body of a request: path, key header, capabilities. */
class PresetOverHttpTest {

    private final WireFixture fixture = new WireFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    private TestSettings at(Preset preset) {
        return TestSettings.of(fixture.server.origin()).preset(preset);
    }

    private RecordedRequest ask(TestSettings settings, LlmRequest request) {
        fixture.server.enqueue(Answer.text("a"));
        fixture.provider(settings).completeAndAwait(request);
        return fixture.server.takeRequest(AT_MOST);
    }

    @ParameterizedTest
    @CsvSource({ "OPENAI, /v1", "AZURE, /openai/v1", "GROQ, /openai/v1", "OPENROUTER, /api/v1", "OLLAMA, /v1" })
    void requestsGoToTheUsualPath(Preset preset, String path) {
        assertThat(ask(at(preset), LlmRequest.of("hi")).path()).isEqualTo(path + "/chat/completions");
        fixture.provider(at(preset)).models().await().atMost(AT_MOST);
        assertThat(fixture.server.takeRequest(AT_MOST).path()).isEqualTo(path + "/models");
    }

    @ParameterizedTest
    @CsvSource({ "BEARER, authorization, Bearer k", "API_KEY, api-key, k", "X_API_KEY, x-api-key, k" })
    void theKeyIsSentInTheServersHeaderAndInNoOther(KeyHeader value, String header, String sent) {
        TestSettings settings = at(Preset.GENERIC).quirk(Quirk.KEY_HEADER, value).apiKey("k");
        RecordedRequest request = ask(settings, LlmRequest.of("hi"));
        fixture.provider(settings).models().await().atMost(AT_MOST);

        assertThat(request.header(header)).isEqualTo(sent);
        assertThat(fixture.server.takeRequest(AT_MOST).header(header)).isEqualTo(sent);
        for (KeyHeader other : KeyHeader.values()) {
            assertThat(request.headers().contains(other.header())).isEqualTo(other == value);
        }
    }

    @Test
    void aRequestsOwnKeyReplacesWhateverAuthenticates() {
        RecordedRequest request = ask(at(Preset.AZURE).apiKey("k").header("Authorization", "Bearer token"),
                LlmRequest.builder().user("hi").apiKey(Secret.of("mine")).build());

        assertThat(request.header("api-key")).isEqualTo("mine");
        assertThat(request.header("authorization")).isNull();
    }

    private static final Finding YES = new Finding(Support.YES, Source.DISCOVERED);

    private WireProvider listing(TestSettings settings, String models) {
        fixture.server.models(Answer.json(new JsonObject(models)));
        WireProvider provider = fixture.provider(settings);
        provider.models().await().atMost(AT_MOST);
        return provider;
    }

    @Test
    void capabilitiesAskNobody() {
        assertThat(fixture.provider(at(Preset.OLLAMA)).capabilities()).isEqualTo(Preset.OLLAMA.capabilities());
        assertThat(fixture.server.requests()).isEmpty();
    }

    @Test
    void whatTheListSaysOfTheConfiguredModelIsRemembered() {
        WireProvider provider = listing(at(Preset.GENERIC), """
                {"data":[{"id":"other","capabilities":{"vision":true}},
                 {"id":"configured-model","capabilities":{"function_calling":true,"vision":false}}]}""");

        assertThat(provider.capabilities().of(Capability.TOOLS)).isEqualTo(YES);
        assertThat(provider.capabilities().of(Capability.IMAGE_INPUT))
                .isEqualTo(new Finding(Support.NO, Source.DISCOVERED));
        assertThat(provider.capabilities().of(Capability.MODEL_LISTING)).isEqualTo(new Finding(Support.YES, Source.FOUND));
    }

    @Test
    void theContextWindowOfTheConfiguredModelIsRemembered() {
        WireProvider provider = listing(at(Preset.GENERIC), """
                {"data":[{"id":"other","context_length":1},{"id":"configured-model","context_length":131072}]}""");

        assertThat(provider.capabilities().contextWindow()).contains(131_072L);
        assertThat(fixture.provider(at(Preset.GENERIC)).capabilities().contextWindow()).isEmpty();
    }

    @Test
    void theOnlyModelIsMeantWhenNoneIsConfigured() {
        String one = "{\"id\":\"one\",\"capabilities\":[\"tools\"]}";

        assertThat(listing(at(Preset.GENERIC).model(Optional.empty()), "{\"data\":[" + one + "]}").capabilities()
                .of(Capability.TOOLS)).isEqualTo(YES);
        assertThat(listing(at(Preset.GENERIC).model(Optional.empty()), "{\"data\":[" + one + ",{\"id\":\"two\"}]}")
                .capabilities().of(Capability.TOOLS).support()).isEqualTo(Support.UNKNOWN);
    }

    @Test
    void theConfigurationWinsOverTheListAndTheListOverThePreset() {
        TestSettings settings = at(Preset.OPENAI).capabilities(KnownCapabilities.best(
                KnownCapabilities.of(Map.of(Capability.TOOLS, Support.NO), Source.CONFIGURED),
                Preset.OPENAI.capabilities()));
        WireProvider provider = listing(settings, """
                {"data":[{"id":"configured-model","capabilities":{"function_calling":true,"vision":false}}]}""");

        assertThat(provider.capabilities().of(Capability.TOOLS)).isEqualTo(new Finding(Support.NO, Source.CONFIGURED));
        assertThat(provider.capabilities().of(Capability.IMAGE_INPUT))
                .isEqualTo(new Finding(Support.NO, Source.DISCOVERED));
        assertThat(provider.capabilities().of(Capability.RESPONSES_API))
                .isEqualTo(new Finding(Support.YES, Source.PRESET));
    }

    @Test
    void aListThatFailsChangesNothing() {
        WireProvider provider = listing(at(Preset.GENERIC),
                "{\"data\":[{\"id\":\"configured-model\",\"capabilities\":[\"tools\"]}]}");
        fixture.server.models(Answer.error(500, "down"));

        assertThat(provider.models().onFailure(LlmException.class).recoverWithNull().await().atMost(AT_MOST)).isNull();
        assertThat(provider.capabilities().of(Capability.TOOLS)).isEqualTo(YES);
    }
}
