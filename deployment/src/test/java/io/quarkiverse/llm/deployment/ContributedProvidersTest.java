package io.quarkiverse.llm.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.List;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Test;

import io.quarkiverse.llm.runtime.config.SettingNames;
import io.quarkiverse.llm.runtime.conflict.NameClaim;

class ContributedProvidersTest {

    private static final LlmProviderBuildItem ACME = LlmProviderBuildItem.configured("acme", "quarkus-acme",
            Map.of("base-url", "http://acme", "api-key", "hush"));
    private static final LlmProviderBuildItem OTHER = LlmProviderBuildItem.configured("acme", "quarkus-other",
            Map.of("preset", "ollama"));
    private static final LlmProviderBuildItem OWN = LlmProviderBuildItem.provided("own", "quarkus-own", () -> null);
    private static final LlmProviderBuildItem NAME = LlmProviderBuildItem.named("acme", "quarkus-name").withPriority(7);

    @Test
    void theSettingsOfTheHigherPriorityAreDefaults() {
        assertThat(of(ACME.withPriority(1), OTHER).settings(Set.of())).containsOnly(
                Map.entry("quarkus.llm.acme.base-url", "http://acme"), Map.entry("quarkus.llm.acme.api-key", "hush"));
        assertThat(of(ACME, OTHER.withPriority(1), NAME).settings(Set.of()))
                .containsOnly(Map.entry("quarkus.llm.acme.preset", "ollama"));
    }

    @Test
    void aBeanOfThatNameKeepsThemOut() {
        assertThat(of(ACME).settings(Set.of("acme"))).isEmpty();
        assertThat(of(OWN).providers(Set.of("own"))).isEmpty();
    }

    @Test
    void providersOfTheirOwnAreFoundByName() {
        assertThat(of(OWN, ACME, NAME).providers(Set.of())).containsOnlyKeys("own");
        assertThat(of(OWN, ACME, NAME).names()).containsExactly("acme", "own");
    }

    @Test
    void claimsHoldNothingSecret() {
        assertThat(of(ACME).claims()).containsExactly(NameClaim.ofExtension("acme", NameClaim.Kind.EXTENSION, "quarkus-acme", 0,
                Map.of("base-url", "http://acme")));
        assertThat(of(NAME).claims()).extracting(NameClaim::kind).containsExactly(NameClaim.Kind.NAME);
    }

    @Test
    void mistakesOfExtensionsFailTheBuildWithTheirNames() {
        assertThatIllegalStateException().isThrownBy(() -> of(LlmProviderBuildItem.named("health", "quarkus-one"),
                LlmProviderBuildItem.configured("two", "quarkus-two", Map.of("preset", "ollama", "baseurl", "http://two")))
                .validated(SettingNames.ofMappings()))
                .withMessage("quarkus-one: 'health' cannot be the name of a provider, because quarkus.llm.health.* means "
                        + "something else: choose another name\nquarkus-two: there is no setting quarkus.llm.two.baseurl");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LlmProviderBuildItem.configured("acme", "quarkus-acme", Map.of("model", "one")))
                .withMessage("quarkus-acme: the provider 'acme' needs base-url or preset");
    }

    private static ContributedProviders of(LlmProviderBuildItem... items) {
        return new ContributedProviders(List.of(items));
    }
}
