package io.quarkiverse.llm.deployment.devservices;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.llm.LlmProvider;
import io.quarkiverse.llm.LlmRequest;
import io.quarkus.test.QuarkusUnitTest;

class SimulatedProviderTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withEmptyApplication()
            .setLogRecordPredicate(record -> record.getLoggerName().startsWith("io.quarkiverse.llm"))
            .assertLogRecords(records -> assertThat(records).singleElement()
                    .satisfies(record -> assertThat(record.getMessage()).contains("a SIMULATED provider stands by at")));

    @Inject
    LlmProvider llm;

    @Test
    void answersWhereNothingIsConfigured() {
        assertThat(llm.completeAndAwait(LlmRequest.of("hello")).text()).isEqualTo("[simulated] You said: hello");
    }
}
