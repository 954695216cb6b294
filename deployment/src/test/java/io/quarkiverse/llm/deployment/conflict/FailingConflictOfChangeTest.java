package io.quarkiverse.llm.deployment.conflict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.llm.LlmProviderUpdate;
import io.quarkiverse.llm.LlmProviders;
import io.quarkus.test.QuarkusUnitTest;

/** Where conflicts fail the start, a change that makes one is refused. */
class FailingConflictOfChangeTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withEmptyApplication()
            .overrideConfigKey("quarkus.llm.conflicts", "fail")
            .overrideConfigKey("quarkus.llm.local.base-url", "http://127.0.0.1:1")
            .overrideConfigKey("quarkus.llm.local.capabilities.chat-completions-api", "false");

    @Inject
    LlmProviders providers;

    @Test
    void aChangeThatMakesAConflictIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> providers.update("local", LlmProviderUpdate.of("wire-api", "chat-completions")))
                .withMessageContaining("quarkus.llm.local.wire-api");

        assertThat(providers.settings("local").find("wire-api").orElseThrow().value()).isEqualTo("auto");
    }
}
