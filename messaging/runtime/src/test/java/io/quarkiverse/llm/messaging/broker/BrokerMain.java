package io.quarkiverse.llm.messaging.broker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Properties;

import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;

/** The process of a {@link KafkaBroker}. It ends when its standard input does, so that it never outlives who started it. */
final class BrokerMain {

    private BrokerMain() {
    }

    /** @param args the ports of the broker and of its controller, the directory for its logs, and further settings */
    public static void main(String[] args) throws Exception {
        endWithStandardInput();
        Properties settings = settings(args[0], args[1], args[2]);
        Arrays.stream(args).skip(3).map(setting -> setting.split("=", 2))
                .forEach(setting -> settings.put(setting[0], setting[1]));
        if (!Files.exists(Path.of(args[2], "meta.properties"))) {
            format(args[2]);
        }
        KafkaRaftServer server = new KafkaRaftServer(new KafkaConfig(settings, false), Time.SYSTEM);
        Runtime.getRuntime().addShutdownHook(new Thread(server::shutdown));
        server.startup();
        server.awaitShutdown();
    }

    private static void endWithStandardInput() {
        Thread reader = new Thread(() -> {
            try {
                while (System.in.read() >= 0) {
                    continue;
                }
            } catch (IOException e) {
                e.printStackTrace();
            }
            Runtime.getRuntime().halt(1);
        }, "standard input");
        reader.setDaemon(true);
        reader.start();
    }

    private static void format(String directory) throws Exception {
        new Formatter().setPrintStream(System.out).setNodeId(1).setClusterId(Uuid.randomUuid().toString())
                .addDirectory(directory).setMetadataLogDirectory(directory).setControllerListenerName("CONTROLLER").run();
    }

    private static Properties settings(String port, String controllerPort, String directory) {
        Properties settings = new Properties();
        settings.putAll(Map.of(
                "node.id", "1",
                "process.roles", "broker,controller",
                "listeners", "PLAINTEXT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controllerPort,
                "advertised.listeners", "PLAINTEXT://127.0.0.1:" + port,
                "inter.broker.listener.name", "PLAINTEXT",
                "controller.listener.names", "CONTROLLER",
                "controller.quorum.voters", "1@127.0.0.1:" + controllerPort,
                "log.dirs", directory));
        settings.putAll(Map.of(
                "offsets.topic.num.partitions", "4",
                "offsets.topic.replication.factor", "1",
                "transaction.state.log.num.partitions", "1",
                "transaction.state.log.replication.factor", "1",
                "transaction.state.log.min.isr", "1",
                "share.coordinator.state.topic.num.partitions", "1",
                "share.coordinator.state.topic.replication.factor", "1",
                "share.coordinator.state.topic.min.isr", "1"));
        settings.putAll(Map.of(
                // nobody else will come
                "group.initial.rebalance.delay.ms", "0",
                "group.min.session.timeout.ms", "500",
                "controller.quorum.election.timeout.ms", "200",
                "broker.heartbeat.interval.ms", "200",
                // a killed one may come again only when this is over
                "broker.session.timeout.ms", "2000",
                // 128 MB otherwise
                "log.cleaner.dedupe.buffer.size", "4194304",
                "num.network.threads", "2",
                "num.io.threads", "4"));
        return settings;
    }
}
