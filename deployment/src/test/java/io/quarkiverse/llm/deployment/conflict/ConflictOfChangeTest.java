package io.quarkiverse.llm.deployment.conflict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.llm.LlmProviderUpdate;
import io.quarkiverse.llm.LlmProviders;
import io.quarkus.test.QuarkusUnitTest;

/** A conflict that only a change of settings makes is found by that change, and reported once. */
class ConflictOfChangeTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withEmptyApplication()
            .overrideConfigKey("quarkus.llm.local.base-url", "http://127.0.0.1:1")
            .overrideConfigKey("quarkus.llm.local.capabilities.chat-completions-api", "false")
            .setLogRecordPredicate(record -> record.getLoggerName().startsWith("io.quarkiverse.llm"))
            .assertLogRecords(records -> assertThat(records).singleElement().satisfies(record -> assertThat(record.getMessage())
                    .contains("quarkus.llm.local.wire-api", "changed at run time")));

    @Inject
    LlmProviders providers;

    @Test
    void itIsReportedOnce() {
        providers.update("local", LlmProviderUpdate.of("wire-api", "chat-completions"));
        providers.update("local", LlmProviderUpdate.model("small"));
    }

    @Test
    void aProviderDoesNotGoAwayBecauseOfOne() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> providers.update("local", LlmProviderUpdate.of("tls-configuration-name", "nowhere")))
                .withMessageContaining("TLS configuration 'nowhere', which does not exist");
        assertThat(providers.settings("local").find("tls-configuration-name")).isEmpty();
    }
}
