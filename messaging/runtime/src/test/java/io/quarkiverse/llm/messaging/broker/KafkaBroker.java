package io.quarkiverse.llm.messaging.broker;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.clients.admin.NewTopic;

/**
 * A real Kafka of one node, as a process of this one, on ports of its own. It can be killed, stopped and started again where it
 * was, with what it had.
 * <p>
 * Other modules take it from the {@code test-jar} of {@code quarkus-llm-messaging} and add {@code org.apache.kafka:kafka_2.13}
 * in the scope {@code test}, since a test-jar brings no dependencies along. The process runs on this one's class path.
 * For an application under test set {@code kafka.bootstrap.servers} and {@code quarkus.kafka.devservices.enabled=false}.
 */
public final class KafkaBroker implements AutoCloseable {

    private static final long START_SECONDS = 120;
    private static final long STOP_SECONDS = 20;
    private static final int ANSWER_MILLIS = 5000;
    /** What the broker has no use for; a short class path starts faster. */
    private static final Pattern NEEDLESS = Pattern
            .compile("/io/(quarkus|smallrye/(reactive|config)|vertx|netty|opentelemetry)/|/quarkus-llm|/org/(junit|assertj)/");

    private final Path directory;
    private final int port;
    private final int controllerPort;
    private final Thread last = new Thread(this::kill);
    private Process process;

    private KafkaBroker() {
        try (ServerSocket free = new ServerSocket(0); ServerSocket other = new ServerSocket(0)) {
            this.directory = Files.createTempDirectory("kafka");
            this.port = free.getLocalPort();
            this.controllerPort = other.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Runtime.getRuntime().addShutdownHook(last);
    }

    /** One that answers. */
    public static KafkaBroker started() {
        KafkaBroker broker = new KafkaBroker();
        try {
            broker.start();
            return broker;
        } catch (RuntimeException e) {
            broker.close();
            throw e;
        }
    }

    /** For {@code kafka.bootstrap.servers}. */
    public String bootstrapServers() {
        return "127.0.0.1:" + port;
    }

    /** Its topics are made when somebody asks for them, with one partition; this one before. */
    public void createTopic(String name, int partitions) {
        try (Admin admin = admin()) {
            admin.createTopics(List.of(new NewTopic(name, partitions, (short) 1))).all().get(START_SECONDS, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException("No topic " + name, e);
        }
    }

    /** To be closed by the caller. */
    public Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", bootstrapServers(), "reconnect.backoff.max.ms", 100,
                "default.api.timeout.ms", "" + TimeUnit.SECONDS.toMillis(START_SECONDS)));
    }

    /** Until it answers. */
    public void start() {
        Path log = directory.resolve("log");
        try {
            process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx384m",
                    "-XX:+UseSerialGC", "-Djava.util.logging.manager=org.jboss.logmanager.LogManager", "-cp", classPath(),
                    BrokerMain.class.getName(), "" + port, "" + controllerPort,
                    directory.resolve("data").toString())
                    .redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile())).start();
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
            while (!accepts() || !answers()) {
                if (!process.isAlive() || System.nanoTime() - end > 0) {
                    throw new IllegalStateException("Kafka did not start: " + Files.readString(log));
                }
                process.waitFor(50, TimeUnit.MILLISECONDS);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String classPath() {
        String own = ownPlace();
        String all = own + File.pathSeparator + System.getProperty("java.class.path");
        return Arrays.stream(all.split(File.pathSeparator)).filter(entry -> entry.equals(own)
                || !NEEDLESS.matcher(entry.replace('\\', '/')).find()).distinct()
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static String ownPlace() {
        try {
            return Path.of(BrokerMain.class.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private boolean accepts() {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    private boolean answers() throws InterruptedException {
        try (Admin admin = admin()) {
            return !admin.describeCluster(new DescribeClusterOptions().timeoutMs(ANSWER_MILLIS)).nodes().get().isEmpty();
        } catch (ExecutionException e) {
            return false;
        }
    }

    /** In good order, as an operator does. */
    public void stop() {
        if (process != null) {
            process.destroy();
            try {
                if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                    throw new IllegalStateException("Kafka did not stop within " + STOP_SECONDS + " seconds");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }

    /** As by {@code kill -9}. */
    public void kill() {
        if (process != null) {
            process.destroyForcibly().onExit().join();
        }
    }

    /** What it wrote on its standard output and error, over all starts. */
    public String log() {
        try {
            return Files.readString(directory.resolve("log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
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
