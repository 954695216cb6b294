package io.quarkiverse.llm.messaging.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.logging.Level;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkus.test.QuarkusUnitTest;

/** A server has the name of a remote provider: both cannot stand behind it. */
class RemoteBesideServerTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(root -> root.addClasses(Echo.class))
            .overrideConfigKey("quarkus.devservices.enabled", "false")
            .overrideConfigKey("quarkus.llm-messaging.workers.pool.provider", "echo")
            .overrideConfigKey("quarkus.llm-messaging.remotes.pool.enabled", "true")
            .overrideConfigKey("quarkus.llm.pool.base-url", "http://127.0.0.1:1")
            .setLogRecordPredicate(record -> record.getLoggerName().startsWith("io.quarkiverse.llm"))
            .assertLogRecords(records -> assertThat(records)
                    .filteredOn(record -> record.getLevel().intValue() >= Level.WARNING.intValue()).singleElement()
                    .satisfies(record -> assertThat(record.getMessage())
                            .contains("[warn] configuration-over-extension:pool", "llm-messaging",
                                    "quarkus.llm.pool.base-url")));

    @Test
    void isReported() {
        // by the start
    }
}
