package io.quarkiverse.llm.deployment.conflict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.llm.deployment.Failure;
import io.quarkus.test.QuarkusUnitTest;

class IgnoreTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = Reports.none()
            .withEmptyApplication()
            .overrideConfigKey("quarkus.llm.conflicts", "ignore")
            .overrideConfigKey("quarkus.llm.local.base-url", "http://127.0.0.1:1")
            .overrideConfigKey("quarkus.llm.local.baseurl", "http://127.0.0.1:1")
            .overrideConfigKey("quarkus.llm.health.base-url", "http://127.0.0.1:1")
            .assertException(failure -> assertThat(Failure.messages(failure))
                    .contains("[error] reserved-name:health")
                    .contains("'health' cannot be the name of a provider, because quarkus.llm.health.* means something else")
                    .doesNotContain("unknown-key"));

    @Test
    void errorsFailAllTheSame() {
        fail("The application must not start");
    }
}
