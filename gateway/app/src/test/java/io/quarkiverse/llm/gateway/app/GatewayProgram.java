package io.quarkiverse.llm.gateway.app;

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

/** The packaged gateway as a process of its own, with nothing but environment variables to go by. */
final class GatewayProgram implements AutoCloseable {

    static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");
    static final Path JAR = Path.of("target", "quarkus-app", "quarkus-run.jar").toAbsolutePath();
    private static final Pattern ADDRESS = Pattern.compile("The gateway is at (http://localhost:\\d+/v1)");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Process process;
    private final Path log;

    private GatewayProgram(Map<String, String> environment) {
        try {
            log = Files.createTempFile(Files.createDirectories(Path.of("target", "logs")), "gateway", ".log");
            ProcessBuilder builder = new ProcessBuilder(JAVA.toString(), "-Xmx256m", "-jar", JAR.toString())
                    .redirectErrorStream(true).redirectOutput(log.toFile());
            builder.environment().keySet().removeIf(name -> name.startsWith("QUARKUS_"));
            builder.environment().put("QUARKUS_HTTP_PORT", "0");
            builder.environment().putAll(environment);
            process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static GatewayProgram start(Map<String, String> environment) {
        return new GatewayProgram(environment);
    }

    /** One that everybody may use, in front of that server. */
    static GatewayProgram before(String baseUrl) {
        return start(Map.of("QUARKUS_LLM_BASE_URL", baseUrl, "QUARKUS_LLM_GATEWAY_AUTHENTICATION", "none"));
    }

    /** For clients; waits until the log tells it. */
    String baseUrl() {
        awaitLog("The gateway is at ");
        Matcher address = ADDRESS.matcher(log());
        if (!address.find()) {
            throw new AssertionError("No address in the log:\n" + log());
        }
        return address.group(1);
    }

    void awaitLog(String text) {
        await(text).atMost(PATIENCE).until(() -> {
            if (!process.isAlive() && !log().contains(text)) {
                throw new AssertionError("The gateway has ended:\n" + log());
            }
            return log().contains(text);
        });
    }

    String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As {@code kill}, systemd and containers do. */
    void terminate() {
        process.destroy();
    }

    int awaitExit() {
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("The gateway has not ended:\n" + log());
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        awaitExit();
    }
}
