package io.quarkiverse.llm.deployment.conflict;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.logging.Level;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.llm.LlmClient;
import io.quarkiverse.llm.LlmProvider;
import io.quarkus.arc.Unremovable;
import io.quarkus.test.ProdBuildResults;
import io.quarkus.test.ProdModeTestResults;
import io.quarkus.test.QuarkusProdModeTest;

/** In production, build and start are two processes: the build tells what it sees, the start decides. */
class ProductionTest {

    @RegisterExtension
    static final QuarkusProdModeTest APPLICATION = new QuarkusProdModeTest()
            .withApplicationRoot(root -> root.addClasses(Greeter.class))
            .overrideConfigKey("quarkus.llm.conflicts", "fail")
            .overrideConfigKey("quarkus.llm.local.base-url", "https://127.0.0.1:1")
            .overrideConfigKey("quarkus.llm.local.tls-configuration-name", "inhouse")
            .setLogRecordPredicate(record -> record.getLoggerName().equals("io.quarkiverse.llm"))
            .setRun(true).setExpectExit(true);

    @Singleton
    @Unremovable
    static class Greeter {

        @Inject
        @LlmClient("local")
        LlmProvider local;

        @Inject
        @LlmClient("remote")
        LlmProvider remote;
    }

    @ProdBuildResults
    ProdModeTestResults build;

    @Test
    void theBuildDoesNotFailForWhatTheEnvironmentMayMend() {
        assertThat(build.getRetainedBuildLogRecords()).singleElement().satisfies(record -> {
            assertThat(record.getLevel().intValue()).isEqualTo(Level.WARNING.intValue());
            assertThat(record.getMessage())
                    .contains("[warn] unknown-tls:local (as far as the build sees; the start decides)")
                    .contains("[info] not-configured:remote (as far as the build sees; the start decides)")
                    .contains("Provider 'remote' is not configured: set quarkus.llm.remote.base-url")
                    .contains("The start fails if it still finds the warnings, because of quarkus.llm.conflicts=fail");
        });
    }

    @Test
    void theStartDoes() {
        assertThat(APPLICATION.getExitCode()).isNotZero();
        assertThat(APPLICATION.getStartupConsoleOutput()).contains("[warn] unknown-tls:local\n")
                .contains("Warnings fail, because of quarkus.llm.conflicts=fail")
                .doesNotContain("not-configured:remote");
    }
}
