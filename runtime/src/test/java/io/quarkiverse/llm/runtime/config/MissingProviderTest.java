package io.quarkiverse.llm.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import org.junit.jupiter.api.Test;

import io.quarkiverse.llm.LlmClient;

class MissingProviderTest {

    @Test
    void anInjectedNameIsToldWhatToConfigure() {
        assertThat(MissingProvider.notConfigured("lcoal", List.of(LlmClient.DEFAULT, "local"))).isEqualTo(
                "Provider 'lcoal' is not configured: set quarkus.llm.lcoal.base-url (environment variable "
                        + "QUARKUS_LLM_LCOAL_BASE_URL) or quarkus.llm.lcoal.preset; did you mean 'local'?");
    }

    @Test
    void theDefaultProviderHasMoreWays() {
        assertThat(MissingProvider.notConfigured(LlmClient.DEFAULT, List.of("local"))).isEqualTo(
                "The default provider is not configured: set quarkus.llm.base-url (environment variable QUARKUS_LLM_BASE_URL) "
                        + "or quarkus.llm.preset, for OpenAI just quarkus.llm.api-key, or quarkus.llm.active to one of: local");
    }

    @Test
    void aNameThatIsDataIsToldWhichOnesThereAre() {
        assertThat(MissingProvider.unknown("gemini", List.of(LlmClient.DEFAULT, "local")))
                .isEqualTo("There is no provider 'gemini'; there are: <default>, local");
        assertThat(MissingProvider.unknown("lcoal", List.of("local")))
                .isEqualTo("There is no provider 'lcoal'; did you mean 'local'?");
        assertThat(MissingProvider.unknown(LlmClient.DEFAULT, List.of()))
                .isEqualTo("There is no default provider; there are none");
    }
}
