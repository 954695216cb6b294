package io.quarkiverse.llm.benchmarks.endtoend;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A Java process on one core, talked to by lines. It ends with this one, since its input ends. */
public final class JavaProcess implements AutoCloseable {

    public static final int SERVER_CORE = 0;
    public static final int CLIENT_CORE = 1;

    private final Process process;
    private final BufferedReader output;
    private final PrintStream input;

    public JavaProcess(int core, Class<?> main, String... arguments) throws IOException {
        List<String> command = command(core, "-cp", System.getProperty("java.class.path"), main.getName());
        command.addAll(List.of(arguments));
        process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        output = new BufferedReader(new InputStreamReader(process.getInputStream()));
        input = new PrintStream(process.getOutputStream(), true);
    }

    /** What starts Java on that core, with the options that all processes have and then these. */
    public static List<String> command(int core, String... more) {
        List<String> command = new ArrayList<>(List.of("taskset", "-c", String.valueOf(core),
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xms768m", "-Xmx768m",
                "-XX:+UseSerialGC", "-Djava.util.logging.manager=org.jboss.logmanager.LogManager"));
        String options = System.getProperty("benchmark.options", "");
        if (!options.isBlank() && core == CLIENT_CORE) {
            command.addAll(List.of(options.split(" ")));
        }
        command.addAll(List.of(more));
        return command;
    }

    public long pid() {
        return process.pid();
    }

    public void send(String line) {
        input.println(line);
    }

    /** The next line that begins so. */
    public String await(String beginning) throws IOException {
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
