package io.quarkiverse.llm.messaging.deployment;

import static io.quarkus.smallrye.reactivemessaging.deployment.items.ChannelDirection.INCOMING;
import static io.quarkus.smallrye.reactivemessaging.deployment.items.ChannelDirection.OUTGOING;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.junit.jupiter.api.Test;

import io.quarkus.runtime.LaunchMode;

class ConnectorsTest {

    private static final String IN_MEMORY = "smallrye-in-memory";
    private static final String KAFKA = "smallrye-kafka";
    private static final String AMQP = "smallrye-amqp";

    @Test
    void ourChannelsAreInMemoryInDevelopmentAndTest() {
        Connectors connectors = new Connectors(Set.of(KAFKA, IN_MEMORY), Set.of(KAFKA, IN_MEMORY));

        assertThat(connectors.ofOurChannels(LaunchMode.DEVELOPMENT)).contains(IN_MEMORY);
        assertThat(connectors.ofOurChannels(LaunchMode.TEST)).contains(IN_MEMORY);
    }

    @Test
    void inProductionTheyUseTheOnlyConnector() {
        assertThat(new Connectors(Set.of(KAFKA), Set.of(KAFKA)).ofOurChannels(LaunchMode.NORMAL)).contains(KAFKA);
        assertThat(new Connectors(Set.of(KAFKA, IN_MEMORY), Set.of(KAFKA)).ofOurChannels(LaunchMode.NORMAL)).contains(KAFKA);
    }

    @Test
    void inProductionNobodyChoosesForThem() {
        assertThat(new Connectors(Set.of(), Set.of()).ofOurChannels(LaunchMode.NORMAL)).isEmpty();
        assertThat(new Connectors(Set.of(IN_MEMORY), Set.of(IN_MEMORY)).ofOurChannels(LaunchMode.NORMAL)).isEmpty();
        assertThat(new Connectors(Set.of(KAFKA), Set.of(AMQP)).ofOurChannels(LaunchMode.NORMAL)).isEmpty();
    }

    @Test
    void onlyOursHidesTheSingleConnectorOfADirection() {
        Connectors connectors = new Connectors(Set.of(KAFKA, IN_MEMORY), Set.of(KAFKA, AMQP, IN_MEMORY));

        assertThat(connectors.hiddenByOurs(INCOMING)).contains(KAFKA);
        assertThat(connectors.hiddenByOurs(OUTGOING)).isEmpty();
    }

    @Test
    void whatQuarkusAttachesItselfIsNotHidden() {
        assertThat(new Connectors(Set.of(KAFKA), Set.of(IN_MEMORY)).hiddenByOurs(INCOMING)).isEmpty();
        assertThat(new Connectors(Set.of(KAFKA), Set.of(IN_MEMORY)).hiddenByOurs(OUTGOING)).isEmpty();
    }

    @Test
    void theConfigurationMayWantTheOneInMemory() {
        assertThat(namesInMemory("quarkus.llm-messaging.connector", IN_MEMORY)).isTrue();
        assertThat(namesInMemory("mp.messaging.incoming.orders.connector", IN_MEMORY)).isTrue();
        assertThat(namesInMemory("quarkus.messaging.outgoing.\"a.b\".connector", IN_MEMORY)).isTrue();
        assertThat(namesInMemory("mp.messaging.incoming.orders.connector", KAFKA)).isFalse();
        assertThat(namesInMemory("mp.messaging.incoming.orders.topic", IN_MEMORY)).isFalse();
        assertThat(namesInMemory("application.connector", IN_MEMORY)).isFalse();
    }

    private static boolean namesInMemory(String key, String value) {
        return Connectors.namesInMemory(Set.of(key), name -> Optional.ofNullable(Map.of(key, value).get(name)));
    }

    @Test
    void theBuildSeesNamesInQuotesToo() {
        Map<String, String> configuration = Map.of("quarkus.llm-messaging.workers.pool.concurrency", "4",
                "quarkus.llm-messaging.workers.off.enabled", "false",
                "quarkus.llm-messaging.workers.off.concurrency", "4",
                "quarkus.llm-messaging.remotes.\"gpt-4.1\".timeout", "1m",
                "quarkus.llm-messaging.remotes.far.reply-to", "here",
                "quarkus.llm-messaging.remotes.\"cut", "x");

        Iterator<String> once = configuration.keySet().iterator();
        assertThat(ConfiguredNames.of(() -> once, key -> Optional.ofNullable(configuration.get(key))))
                .satisfies(names -> assertThat(names.workers()).containsExactly("pool"))
                .satisfies(names -> assertThat(names.remotes()).containsExactly("far", "gpt-4.1"));
    }
}
