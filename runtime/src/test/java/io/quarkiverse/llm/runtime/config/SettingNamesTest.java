package io.quarkiverse.llm.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SettingNamesTest {

    private final SettingNames names = SettingNames.ofMappings();

    @Test
    void theSettingsOfAProviderAreReadFromTheMapping() {
        assertThat(names.values()).contains("base-url", "wire-api", "quirks.seed-field", "record.directory")
                .doesNotContain("headers", "quirks", "active");
        assertThat(names.maps()).containsExactly("extra-body", "headers", "query-parameters");
    }

    @Test
    void keysAndWhatTheUserNamesHimselfAreSecret() {
        assertThat(names.secrets()).containsExactly("api-key");
        assertThat(names.isSecret("headers.X-Team")).isTrue();
        assertThat(names.isSecret("model")).isFalse();
    }

    @Test
    void aMapHasNoValueOfItsOwn() {
        assertThat(names.isOfProvider("headers.X-Team")).isTrue();
        assertThat(names.isOfProvider("headers")).isFalse();
        assertThat(names.isOfProvider("headers.")).isFalse();
        assertThat(names.isOfProvider("baseurl")).isFalse();
    }

    @Test
    void settingsBesideTheProvidersAreKnownByTheirPhase() {
        assertThat(names.general()).contains("active", "openai-environment").doesNotContain("providers");
        assertThat(names.buildTime()).contains("devservices.enabled");
    }
}
