package io.quarkiverse.llm.deployment.active;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.llm.LlmClient;
import io.quarkiverse.llm.LlmProvider;
import io.quarkiverse.llm.LlmProviders;
import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.deployment.EchoServer;
import io.quarkus.test.QuarkusUnitTest;

class ActiveProviderTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(root -> root.addClasses(EchoServer.class))
            .overrideConfigKey("quarkus.llm.local.base-url", EchoServer.baseUrl("local"))
            .overrideConfigKey("quarkus.llm.local.model", "one")
            .overrideConfigKey("quarkus.llm.active", "local")
            .setLogRecordPredicate(record -> record.getLoggerName().startsWith("io.quarkiverse.llm"))
            .assertLogRecords(records -> assertThat(records).as("no provider is simulated").isEmpty());

    @Inject
    LlmProvider llm;

    @Inject
    LlmProviders providers;

    @Test
    void itStandsBehindTheDefaultProvider() {
        assertThat(llm.name()).isEqualTo(LlmClient.DEFAULT);
        assertThat(llm.completeAndAwait(LlmRequest.of("hello")).text()).startsWith("/local/chat/completions");
        assertThat(providers.active()).contains("local");
        assertThat(providers.names()).containsExactly(LlmClient.DEFAULT, "local");
    }
}
