package io.quarkiverse.llm.deployment.bean;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.llm.LlmClient;
import io.quarkiverse.llm.LlmProvider;
import io.quarkiverse.llm.LlmProviders;
import io.quarkus.test.QuarkusUnitTest;

/** Beans of the application as named providers, beside configured ones. */
class ProviderBeanTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(root -> root.addClasses(Fixed.class, Mine.class, Unused.class, Factory.class))
            .overrideConfigKey("quarkus.llm.base-url", "http://127.0.0.1:1")
            .overrideConfigKey("quarkus.llm.mine.base-url", "http://127.0.0.1:1")
            .setLogRecordPredicate(record -> record.getLoggerName().startsWith("io.quarkiverse.llm"))
            .assertLogRecords(records -> assertThat(records).singleElement()
                    .satisfies(record -> assertThat(record.getMessage()).contains("[warn] bean-over-configuration:mine")
                            .contains("bean " + Mine.class.getName())));

    @LlmClient("mine")
    @ApplicationScoped
    static class Mine extends Fixed {

        Mine() {
            super("from a class");
        }
    }

    @LlmClient("unused")
    @Dependent
    static class Unused extends Fixed {

        Unused() {
            super("by name alone");
        }
    }

    @Singleton
    static class Factory {

        @Produces
        @LlmClient("made")
        @Singleton
        LlmProvider made() {
            return new Fixed("from a producer") {
            };
        }
    }

    @Inject
    @LlmClient("mine")
    LlmProvider mine;

    @Inject
    @LlmClient("made")
    LlmProvider made;

    @Inject
    LlmProvider configured;

    @Inject
    @Any
    Instance<LlmProvider> all;

    @Inject
    LlmProviders providers;

    @Test
    void aBeanIsInjectedAsItIs() {
        assertThat(mine.name()).isEqualTo("own name");
        assertThat(Fixed.ask(mine)).isEqualTo("from a class");
        assertThat(Fixed.ask(made)).isEqualTo("from a producer");
    }

    @Test
    void theRegistryHandsItOutLikeAnyOther() {
        assertThat(providers.names()).containsExactly(LlmClient.DEFAULT, "made", "mine", "unused");
        assertThat(providers.get("mine").name()).isEqualTo("mine");
        assertThat(Fixed.ask(providers.get("mine"))).isEqualTo("from a class");
        assertThat(Fixed.ask(providers.get("unused"))).isEqualTo("by name alone");
    }

    @Test
    void configuredProvidersStayBesideIt() {
        assertThat(configured.name()).isEqualTo(LlmClient.DEFAULT);
        assertThat(all.stream()).hasSize(4);
    }
}
