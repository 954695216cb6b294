package io.quarkiverse.llm.deployment.bean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;

import jakarta.enterprise.context.ApplicationScoped;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.llm.deployment.Failure;
import io.quarkus.test.QuarkusUnitTest;

class UnqualifiedBeanTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(root -> root.addClasses(Fixed.class, Mine.class))
            .assertException(failure -> assertThat(Failure.messages(failure)).contains(Mine.class.getName()
                    + " is an LlmProvider and a bean, but does not say which provider it is: annotate it with "
                    + "@LlmClient(\"name\"), or with @LlmClient when it is the default provider"));

    @ApplicationScoped
    static class Mine extends Fixed {

        Mine() {
            super("whose?");
        }
    }

    @Test
    void theBuildFails() {
        fail("The application must not be built");
    }
}
