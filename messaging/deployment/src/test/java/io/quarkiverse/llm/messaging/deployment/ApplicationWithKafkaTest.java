package io.quarkiverse.llm.messaging.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;

import org.eclipse.microprofile.config.Config;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkus.test.QuarkusUnitTest;
import io.smallrye.reactive.messaging.memory.InMemoryConnector;

/** An application with channels of its own in Kafka, which is its only connector. There is no broker. */
class ApplicationWithKafkaTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(jar -> jar.addClasses(Orders.class, KafkaDevServiceQuestion.class))
            .addBuildChainCustomizer(new KafkaDevServiceQuestion())
            .overrideConfigKey("quarkus.devservices.enabled", "false")
            .overrideConfigKey("kafka.bootstrap.servers", "localhost:1")
            .overrideConfigKey("mp.messaging.connector.smallrye-kafka.lazy-client", "true")
            .overrideConfigKey("mp.messaging.incoming.orders.enabled", "false")
            .overrideConfigKey("quarkus.log.category.\"org.apache.kafka\".level", "OFF")
            // one who sends to itself, by hand
            .overrideConfigKey("quarkus.llm-messaging.workers.pool.enabled", "false");

    @Inject
    Config config;
    @Inject
    Orders orders;
    @Inject
    @Any
    Instance<InMemoryConnector> inMemory;

    @Test
    void itsChannelsAreAttachedToItsConnectorAsBefore() {
        assertThat(value("mp.messaging.incoming.orders.connector")).isEqualTo("smallrye-kafka");
        assertThat(value("mp.messaging.outgoing.prices.connector")).isEqualTo("smallrye-kafka");
    }

    @Test
    void whatQuarkusFindsOutOfItsChannelsIsFound() {
        assertThat(value("mp.messaging.incoming.orders.value.deserializer"))
                .isEqualTo("org.apache.kafka.common.serialization.StringDeserializer");
        assertThat(value("mp.messaging.outgoing.prices.value.serializer"))
                .isEqualTo("org.apache.kafka.common.serialization.StringSerializer");
    }

    @Test
    void ourChannelsAreInMemoryInTests() {
        assertThat(value("quarkus.llm-messaging.connector")).isEqualTo("smallrye-in-memory");
        assertThat(inMemory.isResolvable()).isTrue();
    }

    @Test
    void itsEndsOfChannelsAreKnown() {
        assertThat(value("quarkus.llm-messaging.application-channels")).isEqualTo("incoming.orders,outgoing.prices");
    }

    @Test
    void whoSaysWhereKafkaIsGetsNoDevService() {
        assertThat(config.getOptionalValue(KafkaDevServiceQuestion.ANSWER, String.class)).isEmpty();
    }

    @Test
    void aWorkerThatIsNotEnabledHasNoChannels() {
        assertThat(config.getPropertyNames()).noneMatch(name -> name.startsWith("mp.messaging.") && name.contains("pool"));
    }

    private String value(String key) {
        return config.getValue(key, String.class);
    }
}
