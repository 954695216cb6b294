package io.quarkiverse.llm.deployment.conflict;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.logging.Level;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.llm.LlmClient;
import io.quarkiverse.llm.LlmProvider;
import io.quarkus.test.QuarkusUnitTest;

/** What is only said for information. */
class NotesTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = Reports.one(Level.INFO, report -> {
        assertThat(report).startsWith("Quarkus LLM found 3 notes about its providers:")
                .contains("[info] bean-over-bean:mine").contains("    bean " + Better.class.getName() + "\n    bean "
                        + Mine.class.getName())
                .contains("[info] bean-over-configuration:mine")
                .contains("[info] never-used:local").contains("Inject it with @LlmClient(\"local\"), or remove its settings.");
        assertThat(report.lines().filter(line -> line.startsWith("["))).hasSize(3);
    }).withApplicationRoot(root -> root.addClasses(Named.class, Mine.class, Better.class, Reports.class))
            .overrideConfigKey("quarkus.llm.base-url", "http://127.0.0.1:1")
            .overrideConfigKey("quarkus.llm.mine.model", "one")
            .overrideConfigKey("quarkus.llm.local.base-url", "http://127.0.0.1:2")
            .overrideConfigKey("%prod.quarkus.llm.elsewhere.base-url", "http://127.0.0.1:3")
            .overrideConfigKey("quarkus.llm.silent.base-url", "http://127.0.0.1:4")
            .overrideConfigKey("quarkus.llm.conflicts-ignore", "never-used:silent");

    @LlmClient("mine")
    @ApplicationScoped
    static class Mine extends Named {

        Mine() {
            super("the bean");
        }
    }

    @LlmClient("mine")
    @Alternative
    @Priority(1)
    @ApplicationScoped
    static class Better extends Named {

        Better() {
            super("the alternative");
        }
    }

    @Inject
    LlmProvider llm;

    @Inject
    @LlmClient("mine")
    LlmProvider mine;

    @Test
    void theAlternativeIsUsed() {
        assertThat(Named.ask(mine)).isEqualTo("the alternative");
    }
}
