package io.quarkiverse.llm.benchmarks.messaging;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The application of this benchmark in a process of its own, talked to by lines. It ends with this one, since its input ends.
 */
final class FleetProcess implements AutoCloseable {

    private static final Path JAR = Path.of(
            System.getProperty("benchmark.fleet", "benchmarks/fleet/target/quarkus-app/quarkus-run.jar"));
    private static final long END_SECONDS = 60;

    private final String name;
    private final Process process;
    private final BufferedReader output;
    private final PrintStream input;

    /** @param settings as in {@code application.properties} */
    FleetProcess(String name, String servers, String... settings) throws IOException {
        this.name = name;
        if (!Files.exists(JAR)) {
            throw new IllegalStateException("There is no " + JAR + ": benchmarks/run messaging builds it");
        }
        File log = Files.createTempFile("fleet-" + name + "-", ".log").toFile();
        System.err.println(name + " logs to " + log);
        process = new ProcessBuilder(command(name, servers, settings)).redirectError(log).start();
        output = new BufferedReader(new InputStreamReader(process.getInputStream()));
        input = new PrintStream(process.getOutputStream(), true);
        await("ready");
    }

    private static List<String> command(String name, String servers, String... settings) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xms512m", "-Xmx512m",
                "-XX:+UseSerialGC", "-Dkafka.bootstrap.servers=" + servers));
        Arrays.stream(settings).map(setting -> "-D" + setting).forEach(command::add);
        String options = System.getProperty("benchmark." + name + "-options", "");
        if (!options.isBlank()) {
            command.addAll(List.of(options.split(" ")));
        }
        command.addAll(List.of("-jar", JAR.toString()));
        return command;
    }

    /** The words of the answer to a command. */
    String[] ask(String command) throws IOException {
        input.println(command);
        return await("result ").substring("result ".length()).split(" ");
    }

    private String await(String beginning) throws IOException {
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            if (line.startsWith(beginning)) {
                return line;
            }
        }
        throw new IllegalStateException("The process " + name + " has ended early");
    }

    /** In good order: a worker finishes what it answers. */
    @Override
    public void close() {
        input.close();
        try {
            if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException("The process " + name + " did not end within " + END_SECONDS + " seconds");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }
}
