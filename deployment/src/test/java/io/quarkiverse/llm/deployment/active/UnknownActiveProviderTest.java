package io.quarkiverse.llm.deployment.active;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.llm.deployment.Failure;
import io.quarkus.test.QuarkusUnitTest;

class UnknownActiveProviderTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withEmptyApplication()
            .overrideConfigKey("quarkus.llm.local.base-url", "http://127.0.0.1:1")
            .overrideConfigKey("quarkus.llm.active", "lcoal")
            .assertException(failure -> assertThat(Failure.messages(failure))
                    .contains("quarkus.llm.active is 'lcoal', which is no configured provider; did you mean 'local'?"));

    @Test
    void theStartFails() {
        fail("The application must not start");
    }
}
