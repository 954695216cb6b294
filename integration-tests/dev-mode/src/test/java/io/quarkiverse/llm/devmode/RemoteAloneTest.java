package io.quarkiverse.llm.devmode;

import static org.assertj.core.api.Assertions.assertThat;

import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkus.test.QuarkusDevModeTest;

/** A remote provider in dev mode whose workers are elsewhere. */
class RemoteAloneTest {

    @RegisterExtension
    static final QuarkusDevModeTest APPLICATION = new QuarkusDevModeTest()
            .withApplicationRoot(jar -> jar.addAsResource(new StringAsset("""
                    quarkus.http.port=0
                    quarkus.llm-messaging.remotes.pool.timeout=30s
                    """), "application.properties"))
            .setLogRecordPredicate(record -> record.getLoggerName().equals("io.quarkiverse.llm.messaging"));

    @Test
    void theStartSaysThatNobodyReadsItsRequests() {
        assertThat(APPLICATION.getLogRecords()).singleElement().satisfies(record -> assertThat(record.getMessage())
                .startsWith("Channels of quarkus.llm-messaging.remotes.pool are in memory, and nobody reads pool-requests: "));
    }
}
