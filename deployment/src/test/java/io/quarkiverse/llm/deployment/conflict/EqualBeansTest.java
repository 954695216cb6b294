package io.quarkiverse.llm.deployment.conflict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.llm.LlmClient;
import io.quarkiverse.llm.LlmProvider;
import io.quarkiverse.llm.deployment.Failure;
import io.quarkus.test.QuarkusUnitTest;

class EqualBeansTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(root -> root.addClasses(Named.class, One.class, Factory.class, Greeter.class))
            .assertException(failure -> assertThat(Failure.messages(failure))
                    .contains("[error] equal-beans:injected").contains("[error] equal-beans:never-injected")
                    .contains("    bean " + Factory.class.getName() + "#injected()\n    bean " + One.class.getName())
                    .contains("Nothing says which one goes first"));

    @LlmClient("injected")
    @ApplicationScoped
    static class One extends Named {
    }

    @Singleton
    static class Factory {

        @Produces
        @LlmClient("injected")
        @Singleton
        LlmProvider injected() {
            return new Named("two");
        }

        @Produces
        @LlmClient("never-injected")
        @Singleton
        LlmProvider first() {
            return new Named("first");
        }

        @Produces
        @LlmClient("never-injected")
        @Singleton
        LlmProvider second() {
            return new Named("second");
        }
    }

    @Singleton
    static class Greeter {

        @Inject
        @LlmClient("injected")
        LlmProvider llm;
    }

    @Test
    void theBuildFailsInjectedOrNot() {
        fail("The application must not be built");
    }
}
