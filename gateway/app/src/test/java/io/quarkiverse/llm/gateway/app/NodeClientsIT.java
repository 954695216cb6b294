package io.quarkiverse.llm.gateway.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;

import io.quarkiverse.llm.gateway.program.PackagedProgram;
import io.quarkiverse.llm.process.OwnProcess;

/**
 * Runs the tests of {@code src/test/node}: clients that others wrote, from npm, against the packaged gateway. They need Node.js
 * 20 or later with npm, and the packages from npm's cache or the network; without them they are skipped, but fail where
 * {@code CI} is {@code true}, unless {@code LLM_TEST_NODE_CLIENTS} is {@code false}.
 */
class NodeClientsIT {

    private static final Path SOURCES = Path.of("src", "test", "node");
    private static final Path WORK = Path.of("target", "node");
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private record Run(int exit, String output) {
    }

    @Test
    void clientsThatOthersWroteGetWhatTheyExpect() throws Exception {
        copySources();
        Run version = run("node", "--version");
        if (version.exit() != 0 || major(version.output()) < 20) {
            throw missing("Node.js 20 or later. Install it, Debian's package nodejs");
        }
        Run installed = run("npm", "ci", "--ignore-scripts", "--prefer-offline");
        if (installed.exit() != 0) {
            throw missing("the packages of package-lock.json, and npm could not get them:\n" + installed.output());
        }

        Run tests = run("node", "--test", "--test-concurrency=1", "--test-timeout=60000");

        System.out.println(tests.output());
        assertThat(tests.exit()).as(tests.output()).isZero();
    }

    /** What npm installs is no part of the sources. */
    private static void copySources() throws IOException {
        Files.createDirectories(WORK);
        try (Stream<Path> files = Files.list(SOURCES)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, WORK.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    private static Run run(String... command) throws IOException {
        ProcessBuilder program = OwnProcess.program((Object[]) command).directory(WORK.toFile());
        program.environment().putAll(Map.of("GATEWAY_JAR", PackagedProgram.JAR.toString(), "JAVA", OwnProcess.JAVA.toString()));
        try (OwnProcess process = new OwnProcess(String.join(" ", command), Files.createTempFile(WORK, command[0], ".log"))) {
            process.start(program);
            return new Run(process.awaitExit(PATIENCE), process.log());
        } catch (UncheckedIOException e) {
            return new Run(-1, e.getCause().getMessage());
        }
    }

    private static int major(String version) {
        String major = version.strip().replaceFirst("^v(\\d+)\\..*", "$1");
        return major.matches("\\d+") ? Integer.parseInt(major) : 0;
    }

    /** Where nobody would notice the gap it is a failure. */
    private static RuntimeException missing(String what) {
        String message = "The tests with clients from npm need " + what;
        if ("true".equals(System.getenv("CI")) && !"false".equals(System.getenv("LLM_TEST_NODE_CLIENTS"))) {
            throw new AssertionError(message);
        }
        return new TestAbortedException(message);
    }
}
