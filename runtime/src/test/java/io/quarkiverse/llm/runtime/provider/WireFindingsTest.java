package io.quarkiverse.llm.runtime.provider;

import static io.quarkiverse.llm.Capability.CHAT_COMPLETIONS_API;
import static io.quarkiverse.llm.Capability.RESPONSES_API;
import static io.quarkiverse.llm.Capability.STORED_RESPONSES;
import static io.quarkiverse.llm.Capability.WEBSOCKET;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import io.quarkiverse.llm.LlmCapabilities;
import io.quarkiverse.llm.LlmCapabilities.Source;
import io.quarkiverse.llm.LlmCapabilities.Support;
import io.quarkiverse.llm.runtime.config.preset.WireApi;
import io.quarkiverse.llm.runtime.provider.WireFindings.Finding;

class WireFindingsTest {

    private static final Finding NO_RESPONSES = new Finding(WireApi.RESPONSES, "answered 404");
    private static final Finding NO_CHAT = new Finding(WireApi.CHAT_COMPLETIONS, "answered 404");

    private long now = 1;
    private final WireFindings findings = new WireFindings(() -> now);

    @Test
    void onlyTheFirstTimeIsNews() {
        assertThat(findings.remember("m", NO_RESPONSES)).isTrue();
        assertThat(findings.remember("m", NO_RESPONSES)).isFalse();
        assertThat(findings.remember("m", NO_CHAT)).isTrue();
        assertThat(findings.remember("other", NO_CHAT)).isTrue();
    }

    @Test
    void aFindingIsFreshForAMinute() {
        findings.remember("m", NO_RESPONSES);
        now += Duration.ofSeconds(59).toNanos();
        assertThat(findings.fresh("m")).contains(NO_RESPONSES);
        now += Duration.ofSeconds(1).toNanos();
        assertThat(findings.fresh("m")).isEmpty();
        assertThat(findings.of("m")).contains(NO_RESPONSES);
        findings.remember("m", NO_RESPONSES);
        assertThat(findings.fresh("m")).contains(NO_RESPONSES);
    }

    @Test
    void anAnswerOverWhatWasFoundMissingTakesTheFindingBack() {
        findings.remember("other", NO_RESPONSES);
        findings.remember("m", NO_CHAT);
        findings.answered("m", WireApi.RESPONSES);
        assertThat(findings.of("m")).contains(NO_CHAT);
        findings.answered("m", WireApi.CHAT_COMPLETIONS);
        assertThat(findings.of("m")).isEmpty();
        assertThat(findings.of("other")).contains(NO_RESPONSES);
        assertThat(findings.capabilities(Optional.empty())).isEqualTo(LlmCapabilities.UNKNOWN);
    }

    @Test
    void theModelsUsedLastAreRemembered() {
        findings.remember("first", NO_RESPONSES);
        findings.remember("second", NO_RESPONSES);
        for (int i = 0; i < 999; i++) {
            assertThat(findings.of("first")).isPresent();
            findings.remember("made up " + i, NO_RESPONSES);
        }
        assertThat(findings.of("first")).isPresent();
        assertThat(findings.of("second")).isEmpty();
    }

    @Test
    void capabilitiesAreThoseOfTheModelThatIsMeant() {
        assertThat(findings.capabilities(Optional.of("m"))).isEqualTo(LlmCapabilities.UNKNOWN);
        findings.remember("m", NO_RESPONSES);
        findings.remember("other", NO_CHAT);
        LlmCapabilities capabilities = findings.capabilities(Optional.of("m"));
        assertThat(capabilities.of(RESPONSES_API)).isEqualTo(new LlmCapabilities.Finding(Support.NO, Source.FOUND));
        assertThat(capabilities.of(STORED_RESPONSES)).isEqualTo(capabilities.of(RESPONSES_API));
        assertThat(capabilities.of(WEBSOCKET)).isEqualTo(capabilities.of(RESPONSES_API));
        assertThat(findings.capabilities(Optional.of("other")).of(STORED_RESPONSES).support()).isEqualTo(Support.UNKNOWN);
        assertThat(capabilities.of(CHAT_COMPLETIONS_API)).isEqualTo(new LlmCapabilities.Finding(Support.YES, Source.FOUND));
        assertThat(findings.capabilities(Optional.of("unseen"))).isEqualTo(LlmCapabilities.UNKNOWN);
    }

    @Test
    void withoutAModelTheLatestFindingTells() {
        findings.remember("m", NO_RESPONSES);
        findings.remember("other", NO_CHAT);
        assertThat(findings.capabilities(Optional.empty()).supports(RESPONSES_API)).isTrue();
    }
}
