package io.quarkiverse.llm.deployment.bean;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.llm.LlmClient;
import io.quarkiverse.llm.LlmProvider;
import io.quarkiverse.llm.LlmProviders;
import io.quarkus.test.QuarkusUnitTest;

class DefaultProviderBeanTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(root -> root.addClasses(Fixed.class, Mine.class))
            .setLogRecordPredicate(record -> record.getLoggerName().startsWith("io.quarkiverse.llm"))
            .assertLogRecords(records -> assertThat(records).as("no provider is simulated").isEmpty());

    @LlmClient
    @ApplicationScoped
    static class Mine extends Fixed {

        Mine() {
            super("mine");
        }
    }

    @Inject
    LlmProvider plain;

    @Inject
    @LlmClient
    LlmProvider qualified;

    @Inject
    LlmProviders providers;

    @Test
    void itIsInjectedWithAndWithoutTheQualifier() {
        assertThat(Fixed.ask(plain)).isEqualTo("mine");
        assertThat(Fixed.ask(qualified)).isEqualTo("mine");
    }

    @Test
    void theRegistryHasItAsTheDefaultProvider() {
        assertThat(providers.names()).containsExactly(LlmClient.DEFAULT);
        assertThat(Fixed.ask(providers.defaultProvider())).isEqualTo("mine");
    }
}
