package io.quarkiverse.llm.deployment.dev;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import org.junit.jupiter.api.Test;

class ProfiledKeyTest {

    @Test
    void aKeyWithoutProfileHoldsInAll() {
        assertThat(ProfiledKey.of("quarkus.llm.model")).isEqualTo(new ProfiledKey(List.of(), "quarkus.llm.model"));
        assertThat(ProfiledKey.of("quarkus.llm.model").holds(List.of("dev"))).isTrue();
    }

    @Test
    void aKeyWithAProfileHoldsInIt() {
        ProfiledKey key = ProfiledKey.of("%dev.quarkus.llm.model");

        assertThat(key).isEqualTo(new ProfiledKey(List.of("dev"), "quarkus.llm.model"));
        assertThat(key.holds(List.of("dev", "local"))).isTrue();
        assertThat(key.holds(List.of("prod"))).isFalse();
    }

    @Test
    void aKeyMayHaveSeveralProfiles() {
        assertThat(ProfiledKey.of("%{dev, test}.quarkus.llm.model"))
                .isEqualTo(new ProfiledKey(List.of("dev", "test"), "quarkus.llm.model"));
    }

    @Test
    void whatLooksLikeAProfileButIsNoneIsTheKey() {
        assertThat(ProfiledKey.of("%{dev")).isEqualTo(new ProfiledKey(List.of(), "%{dev"));
        assertThat(ProfiledKey.of("%dev")).isEqualTo(new ProfiledKey(List.of(), "%dev"));
        assertThat(ProfiledKey.of("")).isEqualTo(new ProfiledKey(List.of(), ""));
    }
}
