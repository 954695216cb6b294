package io.quarkiverse.llm.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A program in a process of its own, which writes a log. When it has ended it can be started again. It ends with this process
 * at the latest.
 */
public final class OwnProcess implements AutoCloseable {

    /** The program that runs this process. */
    public static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");

    private static final long INTERVAL_MILLIS = 50;

    private final String name;
    private final Path log;
    private final Thread last = new Thread(this::kill);
    private Process process;

    /**
     * @param name for messages
     * @param log what it writes on its standard output and error, over all starts
     */
    public OwnProcess(String name, Path log) {
        this.name = name;
        this.log = log;
        Runtime.getRuntime().addShutdownHook(last);
    }

    /** For {@link #start}: without the variables {@code QUARKUS_...}, which are not meant for it but for this process. */
    public static ProcessBuilder program(Object... command) {
        ProcessBuilder program = new ProcessBuilder();
        for (Object part : command) {
            program.command().add(part.toString());
        }
        program.environment().keySet().removeIf(variable -> variable.startsWith("QUARKUS_"));
        return program;
    }

    /** Does not wait until it is ready. */
    public void start(ProcessBuilder program) {
        try {
            process = program.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile())).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Waits until the condition holds.
     *
     * @param what it is to do, after "did not"
     * @throws AssertionError with the log, when it ends before or needs too long
     */
    public void await(String what, Duration patience, Condition condition) {
        long end = System.nanoTime() + patience.toNanos();
        try {
            while (true) {
                boolean alive = process.isAlive();
                IOException reason = null;
                try {
                    if (condition.holds()) {
                        return;
                    }
                } catch (IOException e) {
                    reason = e;
                }
                if (!alive) {
                    throw new AssertionError(name + " has ended:\n" + log(), reason);
                }
                if (System.nanoTime() - end > 0) {
                    throw new AssertionError(notWithin(what, patience), reason);
                }
                process.waitFor(INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /** Waits until the log has this, and gives what the pattern found. */
    public Matcher awaitLog(Pattern pattern, Duration patience) {
        await("log " + pattern, patience, () -> pattern.matcher(Files.readString(log)).find());
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

    public boolean isAlive() {
        return process.isAlive();
    }

    public long pid() {
        return process.pid();
    }

    /** As {@code kill}, systemd and containers do. */
    public void terminate() {
        process.destroy();
    }

    /** As {@code kill -9}, with all that it has started; when it was started at all. */
    public void kill() {
        if (process != null) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly().onExit().join();
        }
    }

    /**
     * The exit code.
     *
     * @throws AssertionError with the log, when it needs too long
     */
    public int awaitExit(Duration patience) {
        try {
            if (!process.waitFor(patience.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new AssertionError(notWithin("end", patience));
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private String notWithin(String what, Duration patience) {
        return name + " did not " + what + " within " + patience.toMillis() + " ms:\n" + log();
    }

    private static IllegalStateException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new IllegalStateException(e);
    }

    @Override
    public void close() {
        kill();
        Runtime.getRuntime().removeShutdownHook(last);
    }

    /** What somebody waits for. As long as it ends with an {@link IOException}, it does not hold. */
    @FunctionalInterface
    public interface Condition {

        boolean holds() throws IOException, InterruptedException;
    }
}
