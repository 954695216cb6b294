package io.quarkiverse.llm.deployment.bean;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.llm.LlmClient;
import io.quarkiverse.llm.LlmProvider;
import io.quarkus.test.QuarkusUnitTest;

class DefaultProviderProducerTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(root -> root.addClasses(Fixed.class, Factory.class));

    @Singleton
    static class Factory {

        // a producer also without @Produces, since it has a scope
        @LlmClient
        @Singleton
        LlmProvider made() {
            return new Fixed("made") {
            };
        }
    }

    @Inject
    LlmProvider plain;

    @Inject
    @LlmClient
    LlmProvider qualified;

    @Test
    void itIsInjectedWithAndWithoutTheQualifier() {
        assertThat(Fixed.ask(plain)).isEqualTo("made");
        assertThat(Fixed.ask(qualified)).isEqualTo("made");
    }
}
