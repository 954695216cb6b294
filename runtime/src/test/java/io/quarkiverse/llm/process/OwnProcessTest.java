package io.quarkiverse.llm.process;

import static io.quarkiverse.llm.process.OwnProcess.program;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "There is no sh")
class OwnProcessTest {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Pattern CHILD = Pattern.compile("child (\\d+)");

    @TempDir
    private Path directory;
    private OwnProcess process;

    @BeforeEach
    void create() {
        process = new OwnProcess("The shell", directory.resolve("log"));
    }

    @AfterEach
    void close() {
        process.close();
    }

    private static ProcessBuilder shell(String script) {
        return program("sh", "-c", script);
    }

    @Test
    void whatItLogsCanBeAwaitedAndRead() {
        process.start(shell("echo one; echo two >&2; read forever"));

        assertThat(process.awaitLog(Pattern.compile("t(w.)"), PATIENCE).group(1)).isEqualTo("wo");
        assertThat(process.log()).isEqualTo("one\ntwo\n");
        assertThat(process.isAlive()).isTrue();
    }

    @Test
    void whatWasLoggedBeforeTheEndIsFound() {
        process.start(shell("echo there; exit 7"));

        assertThat(process.awaitExit(PATIENCE)).isEqualTo(7);
        process.awaitLog(Pattern.compile("there"), Duration.ZERO);
    }

    @Test
    void anEndBeforeTheConditionHoldsIsAFailureWithTheLogAndTheReason() {
        IOException reason = new IOException("nobody answers");
        process.start(shell("echo no such option"));

        assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> process.await("start", PATIENCE, () -> {
            throw reason;
        })).withMessage("The shell has ended:\nno such option\n").withCause(reason);
    }

    @Test
    void patienceEndsWithTheLog() {
        process.start(shell("echo yawn; read forever"));
        process.awaitLog(Pattern.compile("yawn"), PATIENCE);

        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> process.await("start", Duration.ofMillis(1), () -> false))
                .withMessage("The shell did not start within 1 ms:\nyawn\n");
        assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> process.awaitExit(Duration.ofMillis(1)))
                .withMessage("The shell did not end within 1 ms:\nyawn\n");
    }

    @Test
    void itCanBeStartedAgainAndGoesOnWithItsLog() {
        process.start(shell("echo first; read forever"));
        process.awaitLog(Pattern.compile("first"), PATIENCE);
        process.kill();
        assertThat(process.isAlive()).isFalse();
        process.start(shell("echo second"));

        process.awaitExit(PATIENCE);
        assertThat(process.log()).isEqualTo("first\nsecond\n");
    }

    @Test
    void terminationCanBeHandled() {
        process.start(shell("trap 'exit 3' TERM; echo ready; while :; do sleep 0.05; done"));
        process.awaitLog(Pattern.compile("ready"), PATIENCE);
        process.terminate();

        assertThat(process.awaitExit(PATIENCE)).isEqualTo(3);
    }

    @Test
    void whatItHasStartedIsKilledWithIt() {
        process.start(shell("sleep 600 & echo child $!; wait"));
        ProcessHandle child = ProcessHandle.of(Long.parseLong(process.awaitLog(CHILD, PATIENCE).group(1))).orElseThrow();
        process.kill();

        child.onExit().join();
    }

    @Test
    void settingsOfThisProcessAreNotItsOwn() {
        ProcessBuilder program = shell("exit");

        assertThat(program.environment().keySet()).noneMatch(variable -> variable.startsWith("QUARKUS_"))
                .contains("PATH");
    }

    @Test
    void whatWasNeverStartedNeedsNoEnd() {
        process.kill();
    }
}
