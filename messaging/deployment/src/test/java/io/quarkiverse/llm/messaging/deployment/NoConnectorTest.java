package io.quarkiverse.llm.messaging.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkus.test.QuarkusProdModeTest;

/** In production nothing is held in memory without having said so, and nobody waits for messages that never come. */
class NoConnectorTest {

    @RegisterExtension
    static final QuarkusProdModeTest APPLICATION = new QuarkusProdModeTest()
            .withApplicationRoot(jar -> jar.addClass(Parrot.class))
            .overrideConfigKey("quarkus.llm-messaging.workers.pool.provider", "parrot")
            .overrideConfigKey("quarkus.llm-messaging.workers.tied.provider", "parrot")
            .overrideConfigKey("quarkus.llm-messaging.remotes.tied.timeout", "1m")
            .setRuntimeProperties(Map.of("mp.messaging.incoming.pool-requests.connector", "any"))
            .setRun(true).setExpectExit(true);

    @Test
    void theStartIsRefusedAndTheMendNamed() {
        assertThat(APPLICATION.getExitCode()).isNotZero();
        assertThat(APPLICATION.getStartupConsoleOutput())
                .contains("The channel pool-events of quarkus.llm-messaging.workers.pool has no connector: set "
                        + "mp.messaging.outgoing.pool-events.connector, or quarkus.llm-messaging.connector",
                        "mp.messaging.incoming.pool-requests.connector is any, but the application has no such connector to "
                                + "read from: add the extension that brings it, or set it to one that is there (")
                .doesNotContain("The channel pool-requests", "The channel tied-", "\tat ");
    }
}
