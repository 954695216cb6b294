package io.quarkiverse.llm.gateway.redis;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.opentest4j.TestAbortedException;

/**
 * A real Redis, as a process of this one, on a port of its own. It can be killed, frozen and started again where it was.
 * Debian's package {@code redis-server} has the program.
 */
public final class RedisServerProcess implements AutoCloseable {

    private static final String PROGRAM = "redis-server";
    private static final String MISSING = PROGRAM + " is not on the PATH: install Debian's package " + PROGRAM + ", or Redis";
    private static final long START_SECONDS = 20;

    private final Path directory;
    private final boolean keeps;
    private final int port;
    private final Thread last = new Thread(this::kill);
    private Process process;

    private RedisServerProcess(boolean keeps) {
        try {
            this.directory = Files.createTempDirectory("redis");
            try (ServerSocket free = new ServerSocket(0)) {
                this.port = free.getLocalPort();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.keeps = keeps;
        Runtime.getRuntime().addShutdownHook(last);
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
        return port;
    }

    /** For {@code quarkus.redis.hosts}. */
    public String url() {
        return "redis://localhost:" + port;
    }

    /** Until it answers. */
    public void start() {
        try {
            process = new ProcessBuilder(PROGRAM, "--port", "" + port, "--bind", "127.0.0.1", "--save", "", "--appendonly",
                    keeps ? "yes" : "no", "--dir", directory.toString()).redirectErrorStream(true)
                    .redirectOutput(directory.resolve("log").toFile()).start();
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
            while (!answers()) {
                if (!process.isAlive() || System.nanoTime() - end > 0) {
                    throw new IllegalStateException("Redis did not start: " + Files.readString(directory.resolve("log")));
                }
                process.waitFor(20, TimeUnit.MILLISECONDS);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private boolean answers() {
        try {
            return command("PING").startsWith("+PONG");
        } catch (IOException e) {
            return false;
        }
    }

    /** What it answers to a command, in its own protocol. */
    public String command(String command) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout((int) TimeUnit.SECONDS.toMillis(START_SECONDS));
            socket.getOutputStream().write((command + "\r\nQUIT\r\n").getBytes(StandardCharsets.UTF_8));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** As by {@code kill -9}. */
    public void kill() {
        if (process != null) {
            process.destroyForcibly().onExit().join();
        }
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
        kill();
        Runtime.getRuntime().removeShutdownHook(last);
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
