package io.quarkiverse.llm.messaging.runtime.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import org.junit.jupiter.api.Test;

import io.quarkiverse.llm.messaging.runtime.config.LlmMessagingRuntimeConfig;
import io.quarkiverse.llm.messaging.runtime.config.ShutdownTimes;
import io.quarkus.runtime.configuration.DurationConverter;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.runtime.configuration.MemorySizeConverter;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;

/** With a configuration as Quarkus makes it, the aliases of Reactive Messaging included. */
class ChannelDefaultsTest {

    private final Map<String, String> application = new HashMap<>();
    private final Map<String, String> build = new HashMap<>();
    private final Map<String, String> environment = new HashMap<>();

    @Test
    void everyChannelOfAWorkerGetsTheConnector() {
        set("quarkus.llm-messaging.connector", "any");
        set("quarkus.llm-messaging.workers.pool.concurrency", "4");

        assertThat(messaging(config())).containsExactlyInAnyOrderEntriesOf(Map.of(
                "mp.messaging.incoming.pool-requests.connector", "any",
                "mp.messaging.incoming.pool-cancels.connector", "any",
                "mp.messaging.outgoing.pool-events.connector", "any",
                "mp.messaging.outgoing.pool-responses.connector", "any",
                "mp.messaging.outgoing.pool-dead-letters.connector", "any"));
    }

    @Test
    void everyChannelOfARemoteGetsTheConnector() {
        set("quarkus.llm-messaging.connector", "any");
        set("quarkus.llm-messaging.remotes.pool.timeout", "1m");

        assertThat(messaging(config())).containsExactlyInAnyOrderEntriesOf(Map.of(
                "mp.messaging.outgoing.pool-requests.connector", "any",
                "mp.messaging.outgoing.pool-cancels.connector", "any",
                "mp.messaging.incoming.pool-events.connector", "any"));
    }

    @Test
    void aWorkerThatIsNotEnabledGetsNothing() {
        set("quarkus.llm-messaging.connector", "smallrye-kafka");
        set("quarkus.llm-messaging.workers.pool.enabled", "false");

        assertThat(messaging(config())).isEmpty();
    }

    @Test
    void norDoesARemoteThatIsNotEnabled() {
        set("quarkus.llm-messaging.connector", "smallrye-kafka");
        set("quarkus.llm-messaging.remotes.pool.enabled", "false");

        assertThat(messaging(config())).isEmpty();
    }

    @Test
    void withoutAConnectorThereIsNotASingleAttribute() {
        set("quarkus.llm-messaging.workers.pool.concurrency", "4");

        assertThat(messaging(config())).isEmpty();
    }

    @Test
    void channelsBetweenAWorkerAndARemoteOfTheApplicationStayInTheProcess() {
        set("quarkus.llm-messaging.connector", "smallrye-kafka");
        set("quarkus.llm-messaging.workers.pool.concurrency", "4");
        set("quarkus.llm-messaging.remotes.pool.timeout", "1m");

        assertThat(messaging(config())).isEmpty();
    }

    @Test
    void whatOnlyTheCallerWaitsForGetsNoConnectorThatTheBuildFound() {
        build.put("quarkus.llm-messaging.connector", "smallrye-kafka");
        set("quarkus.llm-messaging.workers.pool.concurrency", "4");
        set("quarkus.llm-messaging.remotes.pool.timeout", "1m");

        assertThat(messaging(config())).isEmpty();
    }

    @Test
    void responsesBesideTheCallerLeaveByTheConnectorThatTheyName() {
        set("quarkus.llm-messaging.connector", "any");
        set("quarkus.llm-messaging.workers.pool.concurrency", "4");
        set("quarkus.llm-messaging.remotes.pool.timeout", "1m");
        set("mp.messaging.outgoing.pool-responses.connector", "smallrye-kafka");

        assertThat(messaging(config())).containsEntry("mp.messaging.outgoing.pool-responses.acks", "all")
                .allSatisfy((key, value) -> assertThat(key).startsWith("mp.messaging.outgoing.pool-responses."));
    }

    @Test
    void channelsToMethodsOfTheApplicationStayInTheProcess() {
        set("quarkus.llm-messaging.connector", "any");
        set("quarkus.llm-messaging.remotes.pool.timeout", "1m");
        build.put("quarkus.llm-messaging.application-channels", "incoming.pool-requests,incoming.pool-events");

        assertThat(messaging(config())).doesNotContainKey("mp.messaging.outgoing.pool-requests.connector")
                .containsKeys("mp.messaging.outgoing.pool-cancels.connector", "mp.messaging.incoming.pool-events.connector");
    }

    @Test
    void kafkaIsToldWhatWeNeed() {
        set("quarkus.llm-messaging.connector", "smallrye-kafka");
        set("quarkus.llm-messaging.workers.pool.concurrency", "4");

        assertThat(messaging(config()))
                .containsEntry("mp.messaging.incoming.pool-requests.group.id", "pool-workers")
                .containsEntry("mp.messaging.incoming.pool-requests.commit-strategy", "llm")
                .containsEntry("mp.messaging.incoming.pool-requests.auto.offset.reset", "earliest")
                .containsEntry("mp.messaging.incoming.pool-requests.max.poll.records", "16")
                .containsEntry("mp.messaging.incoming.pool-cancels.commit-strategy", "llm-since-start")
                .containsEntry("mp.messaging.incoming.pool-requests.failure-strategy", "llm")
                .containsEntry("mp.messaging.outgoing.pool-events.acks", "all")
                .containsEntry("mp.messaging.outgoing.pool-events.max-inflight-messages", "4096")
                .containsEntry("mp.messaging.outgoing.pool-events.value.serializer",
                        "org.apache.kafka.common.serialization.ByteArraySerializer")
                .containsEntry("mp.messaging.outgoing.pool-dead-letters.key.serializer",
                        "org.apache.kafka.common.serialization.StringSerializer");
    }

    @Test
    void kafkaIsToldAlsoWhenTheApplicationChoseIt() {
        set("quarkus.llm-messaging.connector", "any");
        set("quarkus.llm-messaging.workers.pool.concurrency", "4");
        set("mp.messaging.incoming.pool-requests.connector", "smallrye-kafka");
        set("quarkus.messaging.outgoing.pool-events.connector", "smallrye-kafka");
        set("%prod.mp.messaging.outgoing.pool-responses.connector", "smallrye-kafka");
        set("%dev.mp.messaging.outgoing.pool-dead-letters.connector", "smallrye-kafka");

        Map<String, String> messaging = messaging(config());
        assertThat(messaging).containsEntry("mp.messaging.incoming.pool-requests.group.id", "pool-workers")
                .containsEntry("mp.messaging.outgoing.pool-events.acks", "all")
                .containsEntry("mp.messaging.outgoing.pool-events.connector", "smallrye-kafka")
                .containsEntry("mp.messaging.outgoing.pool-responses.acks", "all")
                .doesNotContainKey("mp.messaging.outgoing.pool-dead-letters.acks")
                .doesNotContainKey("mp.messaging.incoming.pool-cancels.group.id");
    }

    @Test
    void kafkaHasAShortName() {
        set("quarkus.llm-messaging.connector", "kafka");
        set("quarkus.llm-messaging.remotes.pool.timeout", "1m");

        assertThat(messaging(config())).containsEntry("mp.messaging.outgoing.pool-requests.acks", "all");
    }

    @Test
    void whatTheApplicationSaysWins() {
        set("quarkus.llm-messaging.connector", "smallrye-kafka");
        set("quarkus.llm-messaging.workers.pool.concurrency", "4");
        set("mp.messaging.incoming.pool-requests.group.id", "mine");
        set("quarkus.messaging.incoming.pool-requests.max.poll.records", "1");
        environment.put("MP_MESSAGING_INCOMING_POOL_REQUESTS_POLL_TIMEOUT", "7");
        set("mp.messaging.connector.smallrye-kafka.acks", "1");

        SmallRyeConfig config = config();
        assertThat(value(config, "mp.messaging.incoming.pool-requests.group.id")).isEqualTo("mine");
        assertThat(value(config, "mp.messaging.incoming.pool-requests.max.poll.records")).isEqualTo("1");
        assertThat(value(config, "mp.messaging.incoming.pool-requests.poll-timeout")).isEqualTo("7");
        assertThat(messaging(config)).doesNotContainKey("mp.messaging.outgoing.pool-events.acks");
    }

    @Test
    void whatTheBuildFoundOutLoses() {
        set("quarkus.llm-messaging.connector", "smallrye-kafka");
        set("quarkus.llm-messaging.remotes.pool.timeout", "1m");
        build.put("mp.messaging.incoming.pool-events.value.deserializer", "Guessed");

        assertThat(value(config(), "mp.messaging.incoming.pool-events.value.deserializer")).endsWith("ByteArrayDeserializer");
    }

    @Test
    void theConnectorThatTheBuildFoundIsUsed() {
        build.put("quarkus.llm-messaging.connector", "smallrye-kafka");
        set("quarkus.llm-messaging.remotes.pool.timeout", "1m");

        assertThat(messaging(config())).containsEntry("mp.messaging.incoming.pool-events.connector", "smallrye-kafka");
    }

    @Test
    void eachProcessReadsAllEventsAndCancels() {
        set("quarkus.llm-messaging.connector", "smallrye-kafka");
        set("quarkus.llm-messaging.remotes.pool.timeout", "1m");
        set("quarkus.llm-messaging.workers.other.concurrency", "1");
        String events = "mp.messaging.incoming.pool-events.group.id";
        String cancels = "mp.messaging.incoming.other-cancels.group.id";

        SmallRyeConfig one = config();
        SmallRyeConfig other = config();
        assertThat(value(one, events)).startsWith("pool-events-").isNotEqualTo(value(other, events))
                .isEqualTo(value(one, events));
        assertThat(value(one, cancels)).startsWith("other-cancels-").isNotEqualTo(value(other, cancels));
    }

    @Test
    void namesWithDotsStandInQuotes() {
        set("quarkus.llm-messaging.connector", "smallrye-kafka");
        set("quarkus.llm-messaging.remotes.\"gpt-4.1\".timeout", "1m");
        set("mp.messaging.incoming.\"gpt-4.1-events\".connector", "other");

        assertThat(messaging(config()))
                .containsEntry("mp.messaging.outgoing.\"gpt-4.1-requests\".connector", "smallrye-kafka")
                .containsEntry("mp.messaging.outgoing.\"gpt-4.1-requests\".acks", "all")
                .containsEntry("mp.messaging.incoming.\"gpt-4.1-events\".connector", "other")
                .doesNotContainKey("mp.messaging.incoming.\"gpt-4.1-events\".group.id");
    }

    @Test
    void aNameMayStandInTheEnvironmentAlone() {
        environment.put("QUARKUS_LLM_MESSAGING_WORKERS_POOL_MAX_IN_FLIGHT", "4");
        environment.put("QUARKUS_LLM_MESSAGING_REMOTES_ELSEWHERE_TIMEOUT", "1m");
        environment.put("QUARKUS_LLM_MESSAGING_CONNECTOR", "any");

        SmallRyeConfig config = config();
        assertThat(messaging(config).keySet()).contains("mp.messaging.incoming.pool-requests.connector",
                "mp.messaging.outgoing.elsewhere-requests.connector");
        LlmMessagingRuntimeConfig mapping = config.getConfigMapping(LlmMessagingRuntimeConfig.class);
        assertThat(mapping.workers()).containsOnlyKeys("pool");
        assertThat(mapping.remotes()).containsOnlyKeys("elsewhere");
    }

    @Test
    void namesOfAProfileCountInThisProfile() {
        set("quarkus.llm-messaging.connector", "any");
        set("%prod.quarkus.llm-messaging.remotes.here.timeout", "1m");
        set("%dev.quarkus.llm-messaging.remotes.there.timeout", "1m");

        assertThat(messaging(config())).containsKey("mp.messaging.outgoing.here-requests.connector")
                .doesNotContainKey("mp.messaging.outgoing.there-requests.connector");
    }

    @Test
    void anApplicationWithoutWorkersAndRemotesHasNoSource() {
        set("quarkus.llm-messaging.connector", "smallrye-kafka");
        set("quarkus.llm.base-url", "http://host");

        assertThat(config().getConfigSources()).noneMatch(source -> source.getName().contains("llm-messaging"));
    }

    @Test
    void aShutdownWaitsForTheMostPatientWorker() {
        set("quarkus.llm-messaging.workers.hasty.shutdown-timeout", "1s");
        set("quarkus.llm-messaging.workers.patient.shutdown-timeout", "2m");
        set("quarkus.llm-messaging.workers.gone.shutdown-timeout", "5m");
        set("quarkus.llm-messaging.workers.gone.enabled", "false");

        assertThat(config().getValue("quarkus.shutdown.timeout", Duration.class)).isEqualTo(Duration.ofSeconds(125));
    }

    @Test
    void aShutdownWaitsAsLongAsTheApplicationSays() {
        set("quarkus.llm-messaging.workers.pool.provider", "local");
        set("quarkus.shutdown.timeout", "3s");

        assertThat(config().getValue("quarkus.shutdown.timeout", Duration.class)).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void aShutdownOfAnApplicationWithoutWorkersIsNotOurs() {
        set("quarkus.llm-messaging.connector", "any");
        set("quarkus.llm-messaging.remotes.pool.timeout", "1m");

        assertThat(value(config(), "quarkus.shutdown.timeout")).isNull();
    }

    @Test
    void whoWillBeCutOffIsNamed() {
        set("quarkus.llm-messaging.workers.pool.provider", "local");
        set("quarkus.llm-messaging.workers.\"a.b\".shutdown-timeout", "3s");
        ShutdownTimes times = ShutdownTimes.of(config().getConfigMapping(LlmMessagingRuntimeConfig.class));

        assertThat(times.warnings(Optional.of(Duration.ofSeconds(3)))).containsExactly(
                "quarkus.llm-messaging.workers.pool.shutdown-timeout is 30000 ms, but a shutdown waits 3000 ms at most: raise "
                        + "quarkus.shutdown.timeout, or remove it, and it follows the workers");
        assertThat(times.warnings(Optional.of(Duration.ZERO))).hasSize(2).first().asString()
                .startsWith("quarkus.llm-messaging.workers.\"a.b\".shutdown-timeout is 3000 ms");
        assertThat(times.warnings(times.needed())).isEmpty();
    }

    private void set(String key, String value) {
        application.put(key, value);
    }

    private SmallRyeConfig config() {
        return new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .addDiscoveredCustomizers()
                .withProfile("prod")
                .withConverter(Duration.class, 200, new DurationConverter())
                .withConverter(MemorySize.class, 200, new MemorySizeConverter())
                .withSources(new PropertiesConfigSource(application, "application.properties", 250))
                .withSources(new PropertiesConfigSource(build, "build", Integer.MIN_VALUE + 100))
                .withSources(new EnvConfigSource(environment, 300))
                .withSources(new ChannelDefaultsFactory())
                .withMapping(LlmMessagingRuntimeConfig.class)
                .build();
    }

    private static String value(SmallRyeConfig config, String key) {
        return config.getRawValue(key);
    }

    /** By the names that Reactive Messaging looks for. */
    private static Map<String, String> messaging(SmallRyeConfig config) {
        Map<String, String> messaging = new TreeMap<>();
        for (String name : config.getPropertyNames()) {
            if (name.startsWith("mp.messaging.incoming.") || name.startsWith("mp.messaging.outgoing.")) {
                messaging.put(name, config.getRawValue(name));
            }
        }
        return messaging;
    }
}
