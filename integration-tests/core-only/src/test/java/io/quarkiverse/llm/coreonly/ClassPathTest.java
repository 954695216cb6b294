package io.quarkiverse.llm.coreonly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.Collections;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkus.test.junit.QuarkusTest;

/** What the extension brings along, and what it does not. */
@QuarkusTest
class ClassPathTest {

    @ParameterizedTest
    @ValueSource(strings = {
            "io.vertx.ext.web.Router",
            "io.quarkus.vertx.http.runtime.VertxHttpRecorder",
            "io.quarkus.websockets.next.WebSocket",
            "org.eclipse.microprofile.reactive.messaging.Incoming",
            "io.smallrye.reactive.messaging.MutinyEmitter",
            "io.smallrye.reactive.messaging.memory.InMemoryConnector",
            "org.apache.kafka.clients.producer.Producer",
            "io.quarkiverse.llm.messaging.LlmMessage",
            "io.opentelemetry.api.OpenTelemetry",
            "io.micrometer.core.instrument.MeterRegistry",
            "org.eclipse.microprofile.health.HealthCheck",
            "org.eclipse.microprofile.rest.client.inject.RestClient",
            "org.testcontainers.containers.GenericContainer" })
    void isNotThere(String className) {
        assertThatExceptionOfType(ClassNotFoundException.class)
                .isThrownBy(() -> Class.forName(className, false, application()));
    }

    @Test
    void onlyTheExtensionsItNeedsAreThere() throws IOException {
        Set<String> extensions = new TreeSet<>();
        for (URL descriptor : Collections.list(application().getResources("META-INF/quarkus-extension.properties"))) {
            extensions.add(name(descriptor));
        }

        assertThat(extensions).containsExactly("quarkus-arc", "quarkus-core", "quarkus-devservices",
                "quarkus-jackson", "quarkus-llm", "quarkus-mutiny", "quarkus-netty", "quarkus-proxy-registry",
                "quarkus-smallrye-context-propagation", "quarkus-tls-registry", "quarkus-vertx", "quarkus-virtual-threads");
    }

    private static ClassLoader application() {
        return Thread.currentThread().getContextClassLoader();
    }

    private static String name(URL descriptor) throws IOException {
        Properties properties = new Properties();
        try (InputStream stream = descriptor.openStream()) {
            properties.load(stream);
        }
        return properties.getProperty("deployment-artifact").split(":")[1].replace("-deployment", "");
    }
}
