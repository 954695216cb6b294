package io.quarkiverse.llm.gateway.redis;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

import org.opentest4j.TestAbortedException;

import io.quarkiverse.llm.process.OwnProcess;
import io.quarkiverse.llm.process.ServerPlace;

/**
 * A real Redis, as a process of this one, on a port of its own. It can be killed, frozen and started again where it was.
 * Debian's package {@code redis-server} has the program.
 */
public final class RedisServerProcess implements AutoCloseable {

    private static final String PROGRAM = "redis-server";
    private static final String MISSING = PROGRAM + " is not on the PATH: install Debian's package " + PROGRAM + ", or Redis";
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final ServerPlace place = ServerPlace.create("redis");
    private final OwnProcess process = new OwnProcess("Redis", place.directory().resolve("log"));
    private final boolean keeps;

    private RedisServerProcess(boolean keeps) {
        this.keeps = keeps;
    }

    /** One that has forgotten everything when it is started again. */
    public static RedisServerProcess forgetful() {
        return started(false);
    }

    /** One that still has what was written when it is started again. */
    public static RedisServerProcess durable() {
        return started(true);
    }

    private static RedisServerProcess started(boolean keeps) {
        RedisServerProcess server = notStarted(keeps);
        server.start();
        return server;
    }

    /**
     * @throws TestAbortedException when there is no program, but not under {@code CI}, where this is a failure
     */
    public static RedisServerProcess notStarted(boolean keeps) {
        if (!isWanted()) {
            throw new TestAbortedException(MISSING);
        }
        if (!isThere()) {
            throw new IllegalStateException(MISSING);
        }
        return new RedisServerProcess(keeps);
    }

    /** Whether tests need not be skipped: for those whose condition is looked at before anything is started. */
    public static boolean isWanted() {
        return isThere() || System.getenv("CI") != null;
    }

    private static boolean isThere() {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, PROGRAM)));
    }

    public int port() {
        return place.port();
    }

    /** For {@code quarkus.redis.hosts}. */
    public String url() {
        return "redis://localhost:" + port();
    }

    /** Until it answers. */
    public void start() {
        process.start(OwnProcess.program(PROGRAM, "--port", port(), "--bind", "127.0.0.1", "--save", "", "--appendonly",
                keeps ? "yes" : "no", "--dir", place.directory()));
        process.await("start", PATIENCE, () -> command("PING").startsWith("+PONG"));
    }

    /** What it answers to a command, in its own protocol. */
    public String command(String command) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port())) {
            socket.setSoTimeout((int) PATIENCE.toMillis());
            socket.getOutputStream().write((command + "\r\nQUIT\r\n").getBytes(StandardCharsets.UTF_8));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** As by {@code kill -9}. */
    public void kill() {
        process.kill();
    }

    /** It keeps its connections and does nothing. */
    public void freeze() {
        signal("STOP");
    }

    public void unfreeze() {
        signal("CONT");
    }

    private void signal(String signal) {
        try {
            int failed = new ProcessBuilder(List.of("kill", "-" + signal, "" + process.pid())).start().waitFor();
            if (failed != 0) {
                throw new IllegalStateException("kill -" + signal + " ended with " + failed);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        process.close();
        place.close();
    }
}
