package io.quarkiverse.llm.messaging.runtime.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

import io.quarkiverse.llm.messaging.runtime.LogLines;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.reactive.messaging.kafka.KafkaConnectorIncomingConfiguration;
import io.vertx.mutiny.core.Vertx;

/** A channel that would lose requests without a word says so at the start. */
class LedgerCommitWarningTest {

    private static final Vertx VERTX = Vertx.vertx();

    @AfterAll
    static void close() {
        VERTX.closeAndAwait();
    }

    private static List<String> logged(Map<String, String> attributes) {
        Map<String, String> all = new HashMap<>(attributes);
        all.put("channel-name", "questions");
        all.put("value.deserializer", "org.apache.kafka.common.serialization.ByteArrayDeserializer");
        try (LogLines log = new LogLines(LedgerCommit.class)) {
            new LedgerCommit.Factory().create(new KafkaConnectorIncomingConfiguration(new SmallRyeConfigBuilder()
                    .withSources(new PropertiesConfigSource(all, "channel", 100)).build()), VERTX, null, (failure, fatal) -> {
                    });
            return log.lines();
        }
    }

    @Test
    void whereAGroupBeginsIsNotLeftToTheConnector() {
        assertThat(logged(Map.of())).singleElement().asString()
                .startsWith("mp.messaging.incoming.questions.auto.offset.reset is not set, ").endsWith(": set it to earliest");
    }

    @Test
    void whoeverHasSaidWhereIsLeftAlone() {
        assertThat(logged(Map.of("auto.offset.reset", "earliest"))).isEmpty();
        assertThat(logged(Map.of("auto.offset.reset", "latest"))).isEmpty();
    }
}
