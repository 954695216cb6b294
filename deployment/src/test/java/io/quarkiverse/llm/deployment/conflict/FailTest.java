package io.quarkiverse.llm.deployment.conflict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.llm.deployment.Failure;
import io.quarkus.test.QuarkusUnitTest;

class FailTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withEmptyApplication()
            .overrideConfigKey("quarkus.llm.conflicts", "fail")
            .overrideConfigKey("quarkus.llm.conflicts-ignore", "unknown-key:quarkus.llm.local.modell")
            .overrideConfigKey("quarkus.llm.local.base-url", "http://127.0.0.1:1")
            .overrideConfigKey("quarkus.llm.local.baseurl", "http://127.0.0.1:1")
            .overrideConfigKey("quarkus.llm.local.modell", "one")
            .overrideConfigKey("quarkus.llm.active", "lcoal")
            .assertException(failure -> assertThat(Failure.messages(failure))
                    .contains("Quarkus LLM found 2 warnings about its providers:")
                    .contains("[warn] unknown-key:quarkus.llm.local.baseurl")
                    .contains("[warn] unknown-active:lcoal")
                    .doesNotContain("unknown-key:quarkus.llm.local.modell")
                    .doesNotContain("never-used")
                    .contains("Warnings fail, because of quarkus.llm.conflicts=fail"));

    @Test
    void theStartFailsWithAllWarningsThatAreNotSilenced() {
        fail("The application must not start");
    }
}
