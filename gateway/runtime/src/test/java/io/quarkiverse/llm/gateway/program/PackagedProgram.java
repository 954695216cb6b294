package io.quarkiverse.llm.gateway.program;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.quarkiverse.llm.process.OwnProcess;

/**
 * The application of this module, packaged, as a process of its own, with nothing but environment variables to go by. It ends
 * with this process.
 */
public final class PackagedProgram implements AutoCloseable {

    public static final Path JAR = Path.of("target", "quarkus-app", "quarkus-run.jar").toAbsolutePath();
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final OwnProcess process;

    private PackagedProgram(Path log, Map<String, String> environment) {
        process = new OwnProcess("The program", log);
        ProcessBuilder program = OwnProcess.program(OwnProcess.JAVA, "-Xmx256m", "-jar", JAR);
        program.environment().put("QUARKUS_HTTP_PORT", "0");
        program.environment().putAll(environment);
        process.start(program);
    }

    /**
     * Starts it, and does not wait until it is ready.
     *
     * @param name of its log in {@code target/logs}, with more behind
     */
    public static PackagedProgram start(String name, Map<String, String> environment) {
        try {
            Path logs = Files.createDirectories(Path.of("target", "logs"));
            return new PackagedProgram(Files.createTempFile(logs, name, ".log"), environment);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until the log has this text. */
    public void awaitLog(String text) {
        awaitLog(Pattern.compile(Pattern.quote(text)));
    }

    /** Waits until the log has this, and gives what the pattern found. */
    public Matcher awaitLog(Pattern pattern) {
        return process.awaitLog(pattern, PATIENCE);
    }

    /**
     * Waits until the condition holds.
     *
     * @param what it is to do, after "did not"
     */
    public void await(String what, OwnProcess.Condition condition) {
        process.await(what, PATIENCE, condition);
    }

    public String log() {
        return process.log();
    }

    /** As {@code kill}, systemd and containers do. */
    public void terminate() {
        process.terminate();
    }

    /** As {@code kill -9} does. */
    public void kill() {
        process.kill();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    public int awaitExit() {
        return process.awaitExit(PATIENCE);
    }

    @Override
    public void close() {
        process.close();
    }
}
