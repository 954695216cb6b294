package io.quarkiverse.llm.benchmarks.endtoend;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A Java process on one core, talked to by lines. It ends with this one, since its input ends. */
final class JavaProcess implements AutoCloseable {

    static final int SERVER_CORE = 0;
    static final int CLIENT_CORE = 1;

    private final Process process;
    private final BufferedReader output;
    private final PrintStream input;

    JavaProcess(int core, Class<?> main, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("taskset", "-c", String.valueOf(core),
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xms768m", "-Xmx768m",
                "-XX:+UseSerialGC", "-Djava.util.logging.manager=org.jboss.logmanager.LogManager"));
        String options = System.getProperty("benchmark.options", "");
        if (!options.isBlank() && core == CLIENT_CORE) {
            command.addAll(List.of(options.split(" ")));
        }
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(arguments));
        process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        output = new BufferedReader(new InputStreamReader(process.getInputStream()));
        input = new PrintStream(process.getOutputStream(), true);
    }

    void send(String line) {
        input.println(line);
    }

    /** The next line that begins so. */
    String await(String beginning) throws IOException {
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            if (line.startsWith(beginning)) {
                return line;
            }
        }
        throw new IllegalStateException("A process has ended early");
    }

    @Override
    public void close() {
        input.close();
        process.destroy();
    }
}
