package io.quarkiverse.llm.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import org.junit.jupiter.api.Test;

import io.quarkiverse.llm.LlmClient;

class SettingsDiagnosisTest {

    @Test
    void settingsOfAMisspeltNameAreReported() {
        assertThat(new SettingsDiagnosis(List.of(LlmClient.DEFAULT, "lcoal", "local"), List.of("local"), List.of()).warnings())
                .containsExactly("There are settings for 'lcoal', which has no base-url: set quarkus.llm.lcoal.base-url or "
                        + "quarkus.llm.lcoal.preset; did you mean 'local'?");
    }

    @Test
    void settingsOfABeanAreReported() {
        assertThat(new SettingsDiagnosis(List.of("mine"), List.of("mine"), List.of("mine")).warnings())
                .containsExactly("Provider 'mine' is a bean of the application, so its settings have no effect: remove "
                        + "quarkus.llm.mine.* or the bean");
    }

    @Test
    void nothingElseIsReported() {
        assertThat(new SettingsDiagnosis(List.of(LlmClient.DEFAULT, "local"), List.of("local"), List.of("mine")).warnings())
                .isEmpty();
    }
}
