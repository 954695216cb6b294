package io.quarkiverse.llm.messaging.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.inject.Inject;

import org.eclipse.microprofile.config.Config;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkus.test.QuarkusUnitTest;
import io.smallrye.reactive.messaging.kafka.KafkaClientService;

/**
 * An application with Kafka channels of its own beside a worker and a remote provider, whose build is not told where Kafka is.
 */
class KafkaDevServiceTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(jar -> jar.addClasses(Echo.class, Orders.class, KafkaDevServiceQuestion.class))
            .addBuildChainCustomizer(new KafkaDevServiceQuestion())
            .overrideConfigKey("quarkus.devservices.enabled", "false")
            .overrideConfigKey("mp.messaging.connector.smallrye-kafka.lazy-client", "true")
            // the build does not see it
            .overrideRuntimeConfigKey("kafka.bootstrap.servers", "localhost:1")
            .overrideConfigKey("quarkus.log.category.\"org.apache.kafka.clients\".level", "OFF")
            .overrideConfigKey("quarkus.llm-messaging.workers.pool.provider", "echo")
            .overrideConfigKey("quarkus.llm-messaging.remotes.pool.enabled", "true");

    @Inject
    Config config;
    @Inject
    Orders orders;
    @Inject
    KafkaClientService clients;

    @Test
    void itWouldBeStartedForTheChannelsOfTheApplication() {
        assertThat(config.getOptionalValue(KafkaDevServiceQuestion.ANSWER, String.class)).contains("kafka.bootstrap.servers");
    }

    @Test
    void onlyTheChannelsOfTheApplicationUseIt() {
        assertThat(clients.getConsumerChannels()).containsExactly("orders");
        assertThat(clients.getProducerChannels()).containsExactly("prices");
    }
}
