package io.quarkiverse.llm.deployment.active;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.llm.LlmProvider;
import io.quarkiverse.llm.deployment.Failure;
import io.quarkus.arc.Unremovable;
import io.quarkus.test.QuarkusUnitTest;

class UnknownActiveProviderTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(root -> root.addClasses(Greeter.class))
            .overrideConfigKey("quarkus.llm.base-url", "http://127.0.0.1:1")
            .overrideConfigKey("quarkus.llm.local.base-url", "http://127.0.0.1:1")
            .overrideConfigKey("quarkus.llm.active", "lcoal")
            .assertException(failure -> assertThat(Failure.messages(failure))
                    .contains("quarkus.llm.active is 'lcoal', which is no configured provider. Say 'local', or set "
                            + "quarkus.llm.lcoal.base-url"));

    @Singleton
    @Unremovable
    static class Greeter {

        @Inject
        LlmProvider llm;
    }

    @Test
    void theStartFailsWhereTheDefaultProviderIsInjected() {
        fail("The application must not start");
    }
}
