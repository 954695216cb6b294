package io.quarkiverse.llm.runtime.provider;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.vertx.core.json.JsonObject;

/**
 * A conforming server of the Responses API that nobody here wrote, run by Node.js. Where it, Node.js or its one library is
 * missing, the test is skipped.
 */
final class NodeServer implements AutoCloseable {

    /** The folder of one that speaks both APIs as they are specified: where it is not set, these tests are skipped. */
    private static final Optional<Path> HARNESS = Optional.ofNullable(System.getenv("LLM_TEST_CONFORMING_SERVER"))
            .map(Path::of);
    private static final Path COPY = Path.of("target/client-harness");
    private static final String LISTENING = "listening on ";

    private final Process process;
    private final Path log;
    private final String baseUrl;

    private NodeServer(Process process, Path log, String baseUrl) {
        this.process = process;
        this.log = log;
        this.baseUrl = baseUrl;
    }

    static NodeServer start() {
        assumeTrue(HARNESS.filter(Files::exists).isPresent(), "LLM_TEST_CONFORMING_SERVER names no conforming server");
        try {
            copy();
            assumeTrue(runs("node", "--version"), "Node.js is not here");
            assumeTrue(Files.exists(COPY.resolve("node_modules/ws")) || runs("npm", "install", "--no-audit", "--no-fund"),
                    "its library cannot be had");
            Path log = Files.createTempFile(COPY, "log", ".jsonl").toAbsolutePath();
            Process process = new ProcessBuilder("node", "responses-upstream.mjs", "--log", log.toString())
                    .directory(COPY.toFile()).redirectError(ProcessBuilder.Redirect.INHERIT).start();
            return new NodeServer(process, log, baseUrl(process.inputReader()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String baseUrl(BufferedReader output) throws IOException {
        String line = output.readLine();
        assumeTrue(line != null && line.startsWith(LISTENING), "the server does not start");
        return line.substring(LISTENING.length());
    }

    private static void copy() throws IOException {
        Files.createDirectories(COPY.resolve("lib"));
        Path harness = HARNESS.orElseThrow();
        for (Path from : List.of(harness, harness.resolve("lib"))) {
            try (Stream<Path> files = Files.list(from)) {
                for (Path file : files.filter(file -> file.toString().endsWith(".mjs")).toList()) {
                    Files.copy(file, COPY.resolve(harness.relativize(file)), StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
        Files.writeString(COPY.resolve("package.json"), """
                {"private": true, "type": "module", "dependencies": {"ws": "^8.18.0"}}
                """);
    }

    private static boolean runs(String... command) throws IOException {
        try {
            Process process = new ProcessBuilder(command).directory(COPY.toFile()).redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return false;
            }
            return process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** The names of the ways in which its Responses API can be broken. */
    List<String> faults() {
        try {
            Process list = new ProcessBuilder("node", "responses-upstream.mjs", "--faults", "all").directory(COPY.toFile())
                    .start();
            return list.inputReader().lines().filter(fault -> !fault.startsWith("chat-")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String baseUrl() {
        return baseUrl;
    }

    /** Where it is broken in this way. */
    String baseUrl(String fault) {
        return baseUrl.replace("/v1", "/fault/" + fault + "/v1");
    }

    /** The messages it was sent over WebSockets. */
    List<JsonObject> messages() {
        try (Stream<String> lines = Files.lines(log)) {
            return lines.map(JsonObject::new).filter(line -> "WS".equals(line.getString("method")))
                    .map(line -> line.getJsonObject("body")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
    }
}
