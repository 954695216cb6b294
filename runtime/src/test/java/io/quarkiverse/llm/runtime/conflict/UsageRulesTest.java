package io.quarkiverse.llm.runtime.conflict;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import io.quarkiverse.llm.LlmClient;

class UsageRulesTest {

    @Test
    void aConfiguredProviderThatNobodyInjectsIsANote() {
        Conflict conflict = Application.withLocal().injects("mine").bean("mine", "Mine", true).conflict();

        assertThat(conflict.id()).isEqualTo("never-used:local");
        assertThat(conflict.severity()).isEqualTo(Severity.INFO);
        assertThat(conflict.mend()).isEqualTo("Inject it with @LlmClient(\"local\"), or remove its settings");
    }

    @Test
    void oneThatIsInjectedOrActiveIsUsed() {
        assertThat(Application.withLocal().injects("local").ids()).isEmpty();
        assertThat(Application.withLocal().with("quarkus.llm.active", "local").injects(LlmClient.DEFAULT).ids()).isEmpty();
        assertThat(Application.withLocal().ids()).as("an application that has a hold of all").isEmpty();
    }

    @Test
    void theDefaultProvidersOwnSettingsAreNotUsedWhereAnotherIsActive() {
        assertThat(Application.withLocal().with("quarkus.llm.base-url", "http://other").with("quarkus.llm.active", "local")
                .injects(LlmClient.DEFAULT).ids()).containsExactly("never-used:default");
    }

    @Test
    void whatAnExtensionBringsIsNotTheUsersConcern() {
        assertThat(new Application().byDefault("quarkus.llm.acme.base-url", "http://host").injects("any").ids()).isEmpty();
    }

    @Test
    void whatTheBuildSeesNowhereIsANoteOfTheBuildAlone() {
        Application application = Application.withLocal().injects("local", "remote");

        assertThat(application.reportOfBuild().conflicts()).singleElement().satisfies(conflict -> {
            assertThat(conflict.id()).isEqualTo("not-configured:remote");
            assertThat(conflict.severity()).isEqualTo(Severity.INFO);
            assertThat(conflict.what()).startsWith("Provider 'remote' is not configured: set quarkus.llm.remote.base-url");
        });
        assertThat(application.ids()).as("the bean that injects it fails the start").isEmpty();
    }

    @Test
    void providersThatDifferInTheirNamesAloneAreANote() {
        Conflict conflict = Application.withLocal().with("quarkus.llm.local.model", "one")
                .with("quarkus.llm.again.base-url", "http://host/v1").with("quarkus.llm.again.model", "one").conflict();

        assertThat(conflict.id()).isEqualTo("same-server:again+local");
        assertThat(conflict.severity()).isEqualTo(Severity.INFO);
        assertThat(conflict.what()).isEqualTo("Providers for the model 'one' at http://host:80/v1 that are the same "
                + "but for their names");
    }

    @Test
    void anotherSettingMayBeWhatTheNamesAreFor() {
        Conflict conflict = Application.withLocal().with("quarkus.llm.again.base-url", "http://host")
                .with("quarkus.llm.again.temperature", "0.1").conflict();

        assertThat(conflict.what()).endsWith("that are the same server and model");
        assertThat(conflict.mend()).isEqualTo("Nothing to do where their other settings are to differ");
    }

    @Test
    void anotherModelIsAnotherProvider() {
        assertThat(Application.withLocal().with("quarkus.llm.again.base-url", "http://host")
                .with("quarkus.llm.again.model", "other").ids()).isEmpty();
    }
}
