package io.quarkiverse.llm.benchmarks.gateway;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.quarkiverse.llm.benchmarks.endtoend.JavaProcess;

/** A gateway in a process of its own on core 1; or the server itself, which costs nothing here. */
final class Candidate implements AutoCloseable {

    static final String BARE = "bare";
    static final String GATEWAY = "gateway";
    static final String WEBSOCKET = "websocket";
    static final String DIRECT = "direct";

    private static final String JAR = System.getProperty("benchmark.gateway", "gateway/app/target/quarkus-app/quarkus-run.jar");
    private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s*(\\d+) kB");
    private static final Pattern TOTAL = Pattern.compile("(?m)^Total\\s+\\d+\\s+(\\d+)");

    final String name;
    final int port;
    private final Process process;

    private Candidate(String name, int port, Process process) {
        this.name = name;
        this.port = port;
        this.process = process;
    }

    static Candidate start(String name, int serverPort) throws IOException {
        if (name.equals(DIRECT)) {
            return new Candidate(name, serverPort, null);
        }
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        // a compiler thread that ends would take its time out of what is subtracted
        List<String> command = JavaProcess.command(JavaProcess.CLIENT_CORE, "-XX:-UseDynamicNumberOfCompilerThreads");
        command.addAll(switch (name) {
            case BARE -> {
                String loops = System.getProperty("benchmark.bare-loops");
                yield List.of(loops == null ? "-Dbenchmark.bare" : "-Dbenchmark.bare-loops=" + loops, "-cp",
                        System.getProperty("java.class.path"), BareTranslator.class.getName(), String.valueOf(port),
                        String.valueOf(serverPort));
            }
            case GATEWAY, WEBSOCKET -> gateway(port, serverPort);
            default -> throw new IllegalArgumentException("No candidate " + name + ": say bare, gateway, websocket or direct");
        });
        File log = Files.createTempFile("gateways-" + name + "-", ".log").toFile();
        System.err.println(name + " logs to " + log);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log).start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        return new Candidate(name, port, process);
    }

    private static List<String> gateway(int port, int serverPort) {
        if (!Files.exists(Path.of(JAR))) {
            throw new IllegalStateException("There is no " + JAR + ": build the gateway's application with "
                    + "mvn package -pl gateway/app -am -DskipTests, or say where it is with -Dbenchmark.gateway");
        }
        List<String> arguments = new ArrayList<>(List.of("-Dquarkus.http.host=127.0.0.1",
                "-Dquarkus.http.port=" + port, "-Dquarkus.llm.base-url=http://127.0.0.1:" + serverPort + "/v1",
                "-Dquarkus.llm.wire-api=chat-completions", "-Dquarkus.llm-gateway.authentication=none"));
        arguments.addAll(Arrays.stream(System.getProperty("benchmark.gateway-options", "").split(" "))
                .filter(option -> !option.isEmpty()).toList());
        arguments.addAll(List.of("-jar", JAR));
        return arguments;
    }

    StreamScan scan() {
        return switch (name) {
            case DIRECT -> StreamScan.CHAT;
            case WEBSOCKET -> StreamScan.WEBSOCKET;
            default -> StreamScan.RESPONSES;
        };
    }

    boolean isMeasured() {
        return process != null;
    }

    boolean isAlive() {
        return process == null || process.isAlive();
    }

    ProcessTime time() throws IOException {
        return process == null ? ProcessTime.NONE : ProcessTime.of(process.pid());
    }

    /** Bytes of the objects that are reachable, after a full collection. */
    long liveHeap() throws IOException {
        Process histogram = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                String.valueOf(process.pid()), "GC.class_histogram").redirectErrorStream(true).start();
        String output = new String(histogram.getInputStream().readAllBytes());
        Matcher total = TOTAL.matcher(output);
        if (!total.find()) {
            throw new IOException("jcmd says " + output);
        }
        return Long.parseLong(total.group(1));
    }

    long resident() throws IOException {
        Matcher resident = RESIDENT.matcher(Files.readString(Path.of("/proc", String.valueOf(process.pid()), "status")));
        resident.find();
        return 1024 * Long.parseLong(resident.group(1));
    }

    @Override
    public void close() {
        if (process == null) {
            return;
        }
        process.destroy();
        try {
            process.waitFor(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
    }
}
