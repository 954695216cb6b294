package io.quarkiverse.llm.messaging.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkus.test.QuarkusUnitTest;

/** Settings that make no sense end the start, with their key. */
class RemoteNonsenseTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(root -> root.addClasses(Echo.class))
            .overrideConfigKey("quarkus.devservices.enabled", "false")
            .overrideConfigKey("quarkus.llm-messaging.workers.pool.provider", "echo")
            .overrideConfigKey("quarkus.llm-messaging.remotes.pool.idle-timeout", "0")
            .assertException(failure -> assertThat(failure).hasStackTraceContaining(
                    "quarkus.llm-messaging.remotes.pool.idle-timeout must be longer than 0s"));

    @Test
    void theApplicationDoesNotStart() {
        fail("It did");
    }
}
