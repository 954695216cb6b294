package io.quarkiverse.llm.deployment.config;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.llm.LlmProvider;
import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.deployment.EchoServer;
import io.quarkus.test.QuarkusUnitTest;

class OpenAiEnvironmentTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(root -> root.addClasses(EchoServer.class))
            .overrideConfigKey("OPENAI_BASE_URL", EchoServer.baseUrl("environment"))
            .overrideConfigKey("OPENAI_API_KEY", "hush")
            .overrideConfigKey("quarkus.llm.openai-environment", "true")
            .overrideConfigKey("quarkus.llm.model", "one")
            .setLogRecordPredicate(record -> record.getLoggerName().startsWith("io.quarkiverse.llm"))
            .assertLogRecords(records -> assertThat(records).as("nothing but the notice: no provider is simulated")
                    .singleElement().satisfies(record -> assertThat(record.getMessage()).startsWith(
                            "The default provider comes from the environment: OPENAI_BASE_URL makes it http://")));

    @Inject
    LlmProvider llm;

    @Test
    void itConfiguresTheDefaultProvider() {
        assertThat(llm.completeAndAwait(LlmRequest.of("hello")).text())
                .isEqualTo("/environment/chat/completions model=one authorization=Bearer hush");
    }
}
