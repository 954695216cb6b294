package io.quarkiverse.llm.runtime.conflict;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;

import org.junit.jupiter.api.Test;

import io.quarkiverse.llm.LlmClient;

class BeanClaimsRuleTest {

    @Test
    void aBeanGoesBeforeConfiguration() {
        Conflict conflict = Application.withLocal().with("quarkus.llm.local.model", "one").bean("local", "com.acme.Mine", true)
                .conflict();

        assertThat(conflict.id()).isEqualTo("bean-over-configuration:local");
        assertThat(conflict.severity()).isEqualTo(Severity.WARN);
        assertThat(conflict.atRunTime()).isTrue();
        assertThat(conflict.sides()).containsExactly(new Side("bean com.acme.Mine", ""),
                new Side("quarkus.llm.local.base-url", "application.properties"),
                new Side("quarkus.llm.local.model", "application.properties"));
        assertThat(conflict.outcome()).startsWith("The bean is used");
    }

    @Test
    void settingsWithoutABaseUrlHaveNoEffectEither() {
        assertThat(new Application().with("quarkus.llm.mine.model", "one").bean("mine", "Mine", true).ids())
                .containsExactly("bean-over-configuration:mine");
    }

    @Test
    void theDefaultProviderIsCalledThat() {
        Conflict conflict = new Application().with("quarkus.llm.base-url", "http://host")
                .with("quarkus.llm.local.preset", "ollama")
                .bean(LlmClient.DEFAULT, "Mine", true).conflict();

        assertThat(conflict.id()).isEqualTo("bean-over-configuration:default");
        assertThat(conflict.what()).startsWith("The default provider is claimed twice");
        assertThat(conflict.sides()).hasSize(2);
    }

    @Test
    void aDefaultBeanGoesBeforeTheActiveProvider() {
        Conflict conflict = Application.withLocal().with("quarkus.llm.active", "local")
                .bean(LlmClient.DEFAULT, "Mine", true).conflict();

        assertThat(conflict.id()).isEqualTo("bean-over-configuration:default");
        assertThat(conflict.sides()).containsExactly(new Side("bean Mine", ""),
                new Side("quarkus.llm.active", "application.properties"));
    }

    @Test
    void whereAVariableSaysItTheVariableIsNamed() {
        assertThat(new Application().environment("QUARKUS_LLM_LOCAL_BASE_URL", "http://host").bean("local", "Mine", true)
                .conflict().sides()).contains(
                        new Side("quarkus.llm.local.base-url", "environment variable QUARKUS_LLM_LOCAL_BASE_URL"));
    }

    @Test
    void aBeanGoesBeforeAnExtension() {
        Conflict conflict = new Application().bean("local", "Mine", true).extension("local", "quarkus-acme", 5, Map.of())
                .conflict();

        assertThat(conflict.id()).isEqualTo("bean-over-extension:local");
        assertThat(conflict.severity()).isEqualTo(Severity.WARN);
        assertThat(conflict.atRunTime()).isFalse();
        assertThat(conflict.sides()).containsExactly(new Side("bean Mine", ""),
                new Side("extension quarkus-acme", "priority 5"));
    }

    @Test
    void aBeanThatCdiPutsFirstIsANote() {
        Conflict conflict = new Application().bean("local", "Fallback", false).bean("local", "Mine", true).conflict();

        assertThat(conflict.id()).isEqualTo("bean-over-bean:local");
        assertThat(conflict.severity()).isEqualTo(Severity.INFO);
        assertThat(conflict.sides().get(0).what()).isEqualTo("bean Mine");
    }

    @Test
    void beansThatNobodyOrdersAreAnError() {
        Conflict conflict = new Application().bean("local", "One", false).bean("local", "Two", false).conflict();

        assertThat(conflict.id()).isEqualTo("equal-beans:local");
        assertThat(conflict.severity()).isEqualTo(Severity.ERROR);
        assertThat(conflict.atRunTime()).isFalse();
    }

    @Test
    void anAlternativeSaysItselfThatItIsMeant() {
        Conflict conflict = Application.withLocal().alternative("local", "Mock").conflict();

        assertThat(conflict.id()).isEqualTo("bean-over-configuration:local");
        assertThat(conflict.severity()).isEqualTo(Severity.INFO);
    }

    @Test
    void theDevServiceIsNobodysConfiguration() {
        assertThat(new Application().devService().bean(LlmClient.DEFAULT, "Mine", true).ids()).isEmpty();
    }

    @Test
    void aBeanAloneIsNone() {
        assertThat(Application.withLocal().bean("mine", "Mine", true).ids()).isEmpty();
    }
}
