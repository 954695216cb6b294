package io.quarkiverse.llm.messaging.broker;

import java.io.File;
import java.io.IOException;
import java.net.Socket;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.clients.admin.NewTopic;

import io.quarkiverse.llm.process.OwnProcess;
import io.quarkiverse.llm.process.ServerPlace;

/**
 * A real Kafka of one node, as a process of this one, on ports of its own. It can be killed, stopped and started again where it
 * was, with what it had.
 * <p>
 * Other modules take it from the {@code test-jar} of {@code quarkus-llm-messaging} and add that of {@code quarkus-llm} and
 * {@code org.apache.kafka:kafka_2.13} in the scope {@code test}, since a test-jar brings no dependencies along. The process
 * runs on this one's class path. For an application under test set {@code kafka.bootstrap.servers} and
 * {@code quarkus.kafka.devservices.enabled=false}.
 */
public final class KafkaBroker implements AutoCloseable {

    private static final Duration START = Duration.ofSeconds(120);
    private static final Duration STOP = Duration.ofSeconds(20);
    private static final int ANSWER_MILLIS = 5000;
    /** What the broker has no use for; a short class path starts faster. */
    private static final Pattern NEEDLESS = Pattern
            .compile("/io/(quarkus|smallrye/(reactive|config)|vertx|netty|opentelemetry)/|/quarkus-llm|/org/(junit|assertj)/");

    private final ServerPlace place = ServerPlace.create("kafka");
    private final OwnProcess process = new OwnProcess("Kafka", place.directory().resolve("log"));
    private final String[] settings;

    private KafkaBroker(String[] settings) {
        this.settings = settings;
    }

    /**
     * One that answers.
     *
     * @param settings of the broker besides its own, as {@code key=value}
     */
    public static KafkaBroker started(String... settings) {
        KafkaBroker broker = new KafkaBroker(settings);
        try {
            broker.start();
            return broker;
        } catch (RuntimeException | Error e) {
            broker.close();
            throw e;
        }
    }

    /** For {@code kafka.bootstrap.servers}. */
    public String bootstrapServers() {
        return "127.0.0.1:" + place.port();
    }

    /** Its topics are made when somebody asks for them, with one partition; this one before. */
    public void createTopic(String name, int partitions) {
        try (Admin admin = admin()) {
            admin.createTopics(List.of(new NewTopic(name, partitions, (short) 1))).all()
                    .get(START.toSeconds(), TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException("No topic " + name, e);
        }
    }

    /** To be closed by the caller. */
    public Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", bootstrapServers(), "reconnect.backoff.max.ms", 100,
                "default.api.timeout.ms", "" + START.toMillis()));
    }

    /** Until it answers. */
    public void start() {
        List<Object> command = new ArrayList<>(List.of(OwnProcess.JAVA, "-Xmx384m", "-XX:+UseSerialGC",
                // it does not live for long
                "-XX:TieredStopAtLevel=1",
                "-Djava.util.logging.manager=org.jboss.logmanager.LogManager", "-cp", classPath(), BrokerMain.class.getName(),
                place.port(), place.otherPort(), place.directory().resolve("data")));
        command.addAll(List.of(settings));
        process.start(OwnProcess.program(command.toArray()));
        process.await("start", START, () -> accepts() && answers());
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

    private boolean accepts() throws IOException {
        try (Socket socket = new Socket("127.0.0.1", place.port())) {
            return socket.isConnected();
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
        process.terminate();
        process.awaitExit(STOP);
    }

    /** As by {@code kill -9}. */
    public void kill() {
        process.kill();
    }

    /** What it wrote on its standard output and error, over all starts. */
    public String log() {
        return process.log();
    }

    @Override
    public void close() {
        process.close();
        place.close();
    }
}
