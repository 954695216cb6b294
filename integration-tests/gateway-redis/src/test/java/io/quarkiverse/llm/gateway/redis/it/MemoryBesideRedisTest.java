package io.quarkiverse.llm.gateway.redis.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

import io.quarkiverse.llm.gateway.redis.RedisServerProcess;
import io.quarkiverse.llm.gateway.runtime.ServedGateway;
import io.quarkiverse.llm.gateway.runtime.store.CaffeineStateStore;
import io.quarkiverse.llm.gateway.runtime.store.StateStore;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;

/** An application that has Redis for something else. */
@QuarkusTest
@EnabledIf("io.quarkiverse.llm.gateway.redis.RedisServerProcess#isWanted")
@QuarkusTestResource(value = WithRedis.class, restrictToAnnotatedClass = true)
@TestProfile(MemoryBesideRedisTest.InMemory.class)
class MemoryBesideRedisTest {

    /** As it is unless set. */
    public static class InMemory implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("quarkus.llm-gateway.store.type", "memory");
        }
    }

    RedisServerProcess redis;

    @Inject
    ServedGateway gateway;

    @Test
    void theGatewayDoesNotConnectToIt() throws Exception {
        StateStore store = gateway.store().orElseThrow();
        assertThat(store).isInstanceOf(CaffeineStateStore.class);
        store.put(Map.of("a", new byte[1])).await().atMost(Duration.ofSeconds(10));
        assertThat(redis.command("CLIENT LIST").lines().filter(line -> line.contains("cmd="))).hasSize(1);
    }
}
