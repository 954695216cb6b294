package io.quarkiverse.llm.messaging.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.llm.LlmClient;
import io.quarkiverse.llm.LlmProvider;
import io.quarkiverse.llm.LlmRequest;
import io.quarkus.test.QuarkusUnitTest;

/** The build sees nothing of the remote provider that the application injects: it comes with the environment. */
class RemoteOfRunTimeTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(root -> root.addClasses(Echo.class))
            .overrideConfigKey("quarkus.devservices.enabled", "false")
            .overrideRuntimeConfigKey("quarkus.llm-messaging.workers.late.provider", "echo")
            .overrideRuntimeConfigKey("quarkus.llm-messaging.remotes.late.timeout", "1m");

    @Inject
    @LlmClient("late")
    LlmProvider late;

    @Test
    void itIsThere() {
        assertThat(late.complete(LlmRequest.of("Hi")).await().atMost(Duration.ofSeconds(20)).text()).isEqualTo("Hi");
    }
}
