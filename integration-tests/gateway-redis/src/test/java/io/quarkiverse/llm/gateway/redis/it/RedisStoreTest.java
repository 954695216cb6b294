package io.quarkiverse.llm.gateway.redis.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import jakarta.inject.Inject;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

import io.quarkiverse.llm.gateway.redis.RedisServerProcess;
import io.quarkiverse.llm.gateway.runtime.ServedGateway;
import io.quarkiverse.llm.gateway.runtime.store.RedisStateStore;
import io.quarkiverse.llm.gateway.runtime.store.StateStore;
import io.quarkiverse.llm.gateway.runtime.store.StoreException;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;

/** The gateway keeps its state with the client of quarkus-redis-client, as that is configured. */
@QuarkusTest
@EnabledIf("io.quarkiverse.llm.gateway.redis.RedisServerProcess#isWanted")
@QuarkusTestResource(value = WithRedis.class, restrictToAnnotatedClass = true)
class RedisStoreTest {

    private static final byte[] VALUE = { 1, 2, 3 };
    private static final Duration IN_TIME = Duration.ofSeconds(10);

    RedisServerProcess redis;

    @Inject
    ServedGateway gateway;

    private StateStore store;

    @BeforeEach
    void find() {
        store = gateway.store().orElseThrow();
    }

    private void put(String key) {
        // The first connection of a cold machine may take longer than a store may.
        Awaitility.await().atMost(IN_TIME).ignoreExceptionsInstanceOf(StoreException.class).until(() -> {
            store.put(Map.of(key, VALUE)).await().atMost(IN_TIME);
            return true;
        });
    }

    @Test
    void whatIsWrittenIsInRedisAndCanBeRead() throws Exception {
        assertThat(store).isInstanceOf(RedisStateStore.class);
        put("a");
        assertThat(store.get("a").await().atMost(IN_TIME).orElseThrow()).isEqualTo(VALUE);
        assertThat(redis.command("KEYS *")).contains("\r\nquarkus-llm:a\r\n");
        store.delete(List.of("a")).await().atMost(IN_TIME);
        assertThat(store.get("a").await().atMost(IN_TIME)).isEmpty();
    }

    @Test
    void worksAgainByItselfWhenRedisIsBack() {
        put("kept");
        redis.kill();
        try {
            assertThatThrownBy(() -> store.get("kept").await().atMost(IN_TIME)).isInstanceOf(StoreException.class);
        } finally {
            redis.start();
        }
        Awaitility.await().atMost(IN_TIME).ignoreExceptionsInstanceOf(StoreException.class)
                .until(() -> store.get("kept").await().atMost(IN_TIME).isPresent());
    }
}
