package io.quarkiverse.llm.gateway.program;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The application of this module, packaged, as a process of its own, with nothing but environment variables to go by. It ends
 * with this process.
 */
public final class PackagedProgram implements AutoCloseable {

    public static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");
    public static final Path JAR = Path.of("target", "quarkus-app", "quarkus-run.jar").toAbsolutePath();
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final Process process;
    private final Path log;
    private final Thread last;

    private PackagedProgram(String name, Map<String, String> environment) {
        try {
            log = Files.createTempFile(Files.createDirectories(Path.of("target", "logs")), name, ".log");
            ProcessBuilder builder = new ProcessBuilder(JAVA.toString(), "-Xmx256m", "-jar", JAR.toString())
                    .redirectErrorStream(true).redirectOutput(log.toFile());
            builder.environment().keySet().removeIf(key -> key.startsWith("QUARKUS_"));
            builder.environment().put("QUARKUS_HTTP_PORT", "0");
            builder.environment().putAll(environment);
            process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        last = new Thread(process::destroyForcibly);
        Runtime.getRuntime().addShutdownHook(last);
    }

    /**
     * Starts it, and does not wait until it is ready.
     *
     * @param name of its log in {@code target/logs}, with more behind
     */
    public static PackagedProgram start(String name, Map<String, String> environment) {
        return new PackagedProgram(name, environment);
    }

    /** Waits until the log has this text. */
    public void awaitLog(String text) {
        awaitLog(Pattern.compile(Pattern.quote(text)));
    }

    /** Waits until the log has this, and gives what the pattern found. */
    public Matcher awaitLog(Pattern pattern) {
        await(pattern.pattern()).atMost(PATIENCE).until(() -> {
            boolean alive = process.isAlive();
            if (!pattern.matcher(log()).find() && !alive) {
                throw new AssertionError("The program has ended:\n" + log());
            }
            return pattern.matcher(log()).find();
        });
        Matcher found = pattern.matcher(log());
        found.find();
        return found;
    }

    public String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As {@code kill}, systemd and containers do. */
    public void terminate() {
        process.destroy();
    }

    /** As {@code kill -9} does. */
    public void kill() {
        process.destroyForcibly();
        awaitExit();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    public int awaitExit() {
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("The program has not ended:\n" + log());
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        kill();
        Runtime.getRuntime().removeShutdownHook(last);
    }
}
