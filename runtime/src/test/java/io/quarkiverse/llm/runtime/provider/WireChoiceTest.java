package io.quarkiverse.llm.runtime.provider;

import static io.quarkiverse.llm.runtime.config.preset.WireApi.CHAT_COMPLETIONS;
import static io.quarkiverse.llm.runtime.config.preset.WireApi.RESPONSES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import io.quarkiverse.llm.Capability;
import io.quarkiverse.llm.LlmCapabilities.Source;
import io.quarkiverse.llm.LlmCapabilities.Support;
import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.LlmUnsupportedException;
import io.quarkiverse.llm.runtime.config.KnownCapabilities;
import io.quarkiverse.llm.runtime.config.TestSettings;
import io.quarkiverse.llm.runtime.config.preset.Preset;
import io.quarkiverse.llm.runtime.config.preset.WireApi;
import io.quarkiverse.llm.runtime.provider.WireFindings.Finding;

class WireChoiceTest {

    private static final LlmRequest ANY = LlmRequest.of("hi");
    private static final LlmRequest ONLY_RESPONSES = ANY.toBuilder().previousResponseId("resp_1").build();
    private static final LlmRequest ONLY_CHAT = ANY.toBuilder().stop(List.of("END")).build();
    private static final LlmRequest NEITHER = ANY.toBuilder().previousResponseId("resp_1").stop(List.of("END")).build();

    private long now = 1;
    private final WireFindings findings = new WireFindings(() -> now);
    private final TestSettings settings = TestSettings.of("http://localhost").name("local").api(WireApi.AUTO);

    private WireChoice choice() {
        return new WireChoice(settings.build(), TestCodec.both(), findings);
    }

    private WireApi first(LlmRequest request) {
        return choice().first(request).api();
    }

    private String refused(LlmRequest request, String feature) {
        LlmUnsupportedException[] refused = { null };
        assertThatExceptionOfType(LlmUnsupportedException.class).isThrownBy(() -> choice().first(request))
                .satisfies(failure -> refused[0] = failure);
        assertThat(refused[0].feature()).isEqualTo(feature);
        return refused[0].getMessage();
    }

    private void configured(Capability capability, Support support) {
        settings.capabilities(KnownCapabilities.best(Preset.GENERIC.capabilities(),
                KnownCapabilities.of(Map.of(capability, support), Source.CONFIGURED)));
    }

    @Test
    void anUnknownServerIsAskedOverChatCompletions() {
        assertThat(first(ANY)).isEqualTo(CHAT_COMPLETIONS);
    }

    @Test
    void openAiAndAzureAreAskedOverTheResponsesApi() {
        for (Preset preset : Preset.values()) {
            settings.preset(preset);
            assertThat(first(ANY)).as(preset.configName())
                    .isEqualTo(preset == Preset.OPENAI || preset == Preset.AZURE ? RESPONSES : CHAT_COMPLETIONS);
        }
    }

    @Test
    void aRequestThatOnlyOneWireApiCarriesTakesThatOne() {
        assertThat(first(ONLY_RESPONSES)).isEqualTo(RESPONSES);
        settings.preset(Preset.OPENAI);
        assertThat(first(ONLY_CHAT)).isEqualTo(CHAT_COMPLETIONS);
    }

    @Test
    void aRequestThatNoWireApiCarriesIsToldWhatStandsAgainstEachOther() {
        assertThat(refused(NEITHER, "previous_response_id together with stop"))
                .isEqualTo(
                        "Provider 'local': Chat Completions does not support previous_response_id, and the Responses API does "
                                + "not support stop");
        assertThat(refused(ANY.toBuilder().model(TestCodec.REFUSED).build(), TestCodec.REFUSED))
                .isEqualTo("Provider 'local': no wire API supports " + TestCodec.REFUSED);
    }

    @Test
    void aPinnedWireApiIsTaken() {
        settings.api(RESPONSES);
        assertThat(first(ANY)).isEqualTo(RESPONSES);
        assertThat(choice().insteadOf(RESPONSES, ANY)).isEmpty();
    }

    @Test
    void aPinnedWireApiThatCannotCarryTheRequestIsToldWithItsKey() {
        settings.api(CHAT_COMPLETIONS);
        assertThat(refused(ONLY_RESPONSES, "previous_response_id")).isEqualTo("Provider 'local': Chat Completions does not "
                + "support previous_response_id, and quarkus.llm.local.wire-api=chat-completions allows nothing else: remove that "
                + "setting, or do without previous_response_id");
    }

    @Test
    void aPinnedWireApiGoesBeforeWhatWasFound() {
        settings.api(RESPONSES);
        findings.remember("configured-model", new Finding(RESPONSES, "answered 404"));
        assertThat(first(ANY)).isEqualTo(RESPONSES);
    }

    @Test
    void whatWasFoundGoesBeforeThePreset() {
        findings.remember("configured-model", new Finding(CHAT_COMPLETIONS, "answered 404"));
        assertThat(first(ANY)).isEqualTo(RESPONSES);
    }

    @Test
    void whatWasFoundHoldsForItsModel() {
        findings.remember("configured-model", new Finding(CHAT_COMPLETIONS, "answered 404"));
        assertThat(first(ANY.toBuilder().model("another").build())).isEqualTo(CHAT_COMPLETIONS);
    }

    @Test
    void aRequestThatNeedsWhatWasFoundMissingIsToldSo() {
        findings.remember("configured-model", new Finding(RESPONSES, "answered 404"));
        assertThat(refused(ONLY_RESPONSES, "previous_response_id"))
                .isEqualTo(
                        "Provider 'local': only the Responses API supports previous_response_id, and the server does not have "
                                + "it: it answered 404 less than a minute ago. If it has it by now, set quarkus.llm.local.capabilities.responses-api=true");
        configured(Capability.RESPONSES_API, Support.YES);
        assertThat(first(ONLY_RESPONSES)).isEqualTo(RESPONSES);
    }

    @Test
    void aRequestThatNeedsWhatWasFoundMissingAMinuteAgoIsSentAgain() {
        findings.remember("configured-model", new Finding(RESPONSES, "answered 404"));
        now += 60_000_000_000L;
        assertThat(first(ONLY_RESPONSES)).isEqualTo(RESPONSES);
        assertThat(first(ANY)).isEqualTo(CHAT_COMPLETIONS);
    }

    @Test
    void aConfiguredCapabilityCounts() {
        configured(Capability.CHAT_COMPLETIONS_API, Support.NO);
        assertThat(first(ANY)).isEqualTo(RESPONSES);
        assertThat(choice().insteadOf(RESPONSES, ANY)).isEmpty();
        assertThat(refused(ONLY_CHAT, "stop")).isEqualTo("Provider 'local': only Chat Completions supports stop, and "
                + "quarkus.llm.local.capabilities.chat-completions-api=false says that the server does not have it");
    }

    @Test
    void theOtherWireApiIsTriedWhereItCanCarryTheRequest() {
        assertThat(choice().insteadOf(CHAT_COMPLETIONS, ANY)).map(codec -> codec.api()).contains(RESPONSES);
        assertThat(choice().insteadOf(RESPONSES, ANY)).map(codec -> codec.api()).contains(CHAT_COMPLETIONS);
        assertThat(choice().insteadOf(CHAT_COMPLETIONS, ONLY_CHAT)).isEmpty();
    }

    @Test
    void whatWasFoundMissingIsTriedAgainWhenTheOtherGoesMissing() {
        findings.remember("configured-model", new Finding(RESPONSES, "answered 404"));
        assertThat(choice().insteadOf(CHAT_COMPLETIONS, ANY)).isPresent();
    }
}
