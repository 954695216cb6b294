package io.quarkiverse.llm.deployment.missing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.llm.LlmClient;
import io.quarkiverse.llm.LlmProvider;
import io.quarkiverse.llm.deployment.Failure;
import io.quarkus.arc.Unremovable;
import io.quarkus.test.QuarkusUnitTest;

class NotConfiguredTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(root -> root.addClasses(Greeter.class))
            .overrideConfigKey("quarkus.llm.local.base-url", "http://127.0.0.1:1")
            .overrideConfigKey("quarkus.llm.loca1.model", "a model")
            .setLogRecordPredicate(record -> record.getLoggerName().startsWith("io.quarkiverse.llm"))
            .assertLogRecords(records -> assertThat(records).singleElement()
                    .satisfies(record -> assertThat(record.getMessage()).contains("[warn] unknown-name:loca1")
                            .contains("Set quarkus.llm.loca1.base-url or quarkus.llm.loca1.preset; did you mean 'local'?")))
            .assertException(failure -> assertThat(Failure.messages(failure)).contains("Provider 'lcoal' is not configured: "
                    + "set quarkus.llm.lcoal.base-url (environment variable QUARKUS_LLM_LCOAL_BASE_URL) or "
                    + "quarkus.llm.lcoal.preset; did you mean 'local'?"));

    @Singleton
    @Unremovable
    static class Greeter {

        @Inject
        @LlmClient("lcoal")
        LlmProvider llm;
    }

    @Test
    void theStartFailsWithWhatToConfigure() {
        fail("The application must not start");
    }
}
