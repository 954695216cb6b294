package io.quarkiverse.llm.messaging.amqp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.util.Map;

import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;

/** An ActiveMQ Artemis with nothing but AMQP, in memory. It makes the addresses that it is asked for. */
public final class Broker implements QuarkusTestResourceLifecycleManager {

    private final EmbeddedActiveMQ server = new EmbeddedActiveMQ();

    @Override
    public Map<String, String> start() {
        int port = freePort();
        try {
            Configuration configuration = new ConfigurationImpl().setPersistenceEnabled(false).setSecurityEnabled(false)
                    .setJMXManagementEnabled(false)
                    .addAcceptorConfiguration("amqp", "tcp://127.0.0.1:" + port + "?protocols=AMQP");
            server.setConfiguration(configuration).start();
        } catch (Exception e) {
            throw new IllegalStateException("No broker", e);
        }
        return Map.of("amqp-host", "127.0.0.1", "amqp-port", "" + port);
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stop() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("The broker does not stop", e);
        }
    }
}
