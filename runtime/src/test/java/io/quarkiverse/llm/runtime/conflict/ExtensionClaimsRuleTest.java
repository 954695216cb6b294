package io.quarkiverse.llm.runtime.conflict;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;

import org.junit.jupiter.api.Test;

class ExtensionClaimsRuleTest {

    private static final Map<String, String> SERVER = Map.of("base-url", "http://host");

    @Test
    void theHigherPriorityGoesFirst() {
        Conflict conflict = new Application().extension("local", "one", 0, Map.of()).extension("local", "two", 1, Map.of())
                .conflict();

        assertThat(conflict.id()).isEqualTo("extension-over-extension:local");
        assertThat(conflict.severity()).isEqualTo(Severity.WARN);
        assertThat(conflict.atRunTime()).isFalse();
        assertThat(conflict.sides()).containsExactly(new Side("extension two", "priority 1"),
                new Side("extension one", "priority 0"));
    }

    @Test
    void equalPrioritiesAreAnError() {
        Conflict conflict = new Application().extension("local", "one", 1, Map.of()).extension("local", "two", 1, Map.of())
                .conflict();

        assertThat(conflict.id()).isEqualTo("equal-extensions:local");
        assertThat(conflict.severity()).isEqualTo(Severity.ERROR);
    }

    @Test
    void configurationGoesBeforeAnExtension() {
        Conflict conflict = Application.withLocal().extension("local", "acme", 0, Map.of()).conflict();

        assertThat(conflict.id()).isEqualTo("configuration-over-extension:local");
        assertThat(conflict.severity()).isEqualTo(Severity.WARN);
        assertThat(conflict.atRunTime()).isTrue();
        assertThat(conflict.sides()).containsExactly(new Side("quarkus.llm.local.base-url", "application.properties"),
                new Side("extension acme", "priority 0"));
    }

    @Test
    void singleSettingsOfAnExtensionsProviderMayBeChanged() {
        assertThat(
                new Application().extension("local", "acme", 0, SERVER).byDefault("quarkus.llm.local.base-url", "http://host")
                        .with("quarkus.llm.local.model", "one").with("quarkus.llm.local.preset", "ollama").ids())
                .isEmpty();
        assertThat(Application.withLocal().extension("local", "acme", 0, SERVER).ids()).as("the same server").isEmpty();
    }

    @Test
    void anotherServerIsAnotherProvider() {
        assertThat(
                new Application().extension("local", "acme", 0, SERVER).byDefault("quarkus.llm.local.base-url", "http://host")
                        .with("quarkus.llm.local.base-url", "http://other").ids())
                .containsExactly("configuration-over-extension:local");
        assertThat(new Application().extension("local", "acme", 0, Map.of("preset", "ollama"))
                .byDefault("quarkus.llm.local.preset", "ollama").with("quarkus.llm.local.preset", "llama-cpp").ids())
                .containsExactly("configuration-over-extension:local");
    }

    @Test
    void aNameAloneIsInNobodysWay() {
        assertThat(Application.withLocal().name("local").name("local").extension("local", "acme", 0, SERVER).ids()).isEmpty();
    }
}
