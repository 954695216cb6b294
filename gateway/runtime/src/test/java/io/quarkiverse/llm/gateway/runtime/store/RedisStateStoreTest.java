package io.quarkiverse.llm.gateway.runtime.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.quarkiverse.llm.gateway.redis.RedisServerProcess;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Redis;

/** With a Redis that works. */
class RedisStateStoreTest extends StateStoreContract {

    private static final Duration TIME_TO_LIVE = Duration.ofHours(1);
    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final byte[] VALUE = { 1, 2, 3 };

    private static RedisServerProcess server;
    private static Vertx vertx;
    private static Redis redis;
    private static RedisStateStore store;

    @BeforeAll
    static void start() {
        server = RedisServerProcess.forgetful();
        vertx = Vertx.vertx();
        redis = Redis.createClient(vertx, server.url());
        store = store("llm:", TIME_TO_LIVE);
    }

    @AfterAll
    static void stop() throws Exception {
        if (server != null) {
            redis.close();
            vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
            server.close();
        }
    }

    @BeforeEach
    void forget() throws IOException {
        server.command("CONFIG SET maxmemory 0");
        server.command("FLUSHALL");
    }

    private static RedisStateStore store(String prefix, Duration timeToLive) {
        return new RedisStateStore(redis, prefix, timeToLive, TIMEOUT);
    }

    @Override
    StateStore store() {
        return store;
    }

    private static long millisLeft(String key) throws IOException {
        String answer = server.command("PTTL " + key);
        return Long.parseLong(answer.substring(1, answer.indexOf('\r')));
    }

    private static void letAge(String key) throws IOException {
        server.command("PEXPIRE " + key + " 60000");
        assertThat(millisLeft(key)).isBetween(1L, 60_000L);
    }

    @Test
    void instancesSeeWhatOthersWriteAtOnce() {
        Redis ofAnother = Redis.createClient(vertx, server.url());
        try {
            RedisStateStore another = new RedisStateStore(ofAnother, "llm:", TIME_TO_LIVE, TIMEOUT);
            for (int i = 0; i < 200; i++) {
                byte[] value = { (byte) i };
                await(store.put(Map.of("shared", value)));
                assertThat(await(another.get("shared")).orElseThrow()).isEqualTo(value);
                assertThat(await(another.replace("shared", Optional.of(value), VALUE))).isTrue();
                assertThat(await(store.get("shared")).orElseThrow()).isEqualTo(VALUE);
            }
            await(another.delete(List.of("shared")));
            assertThat(await(store.get("shared"))).isEmpty();
        } finally {
            ofAnother.close();
        }
    }

    @Test
    void otherPrefixesAreOtherStores() throws IOException {
        await(store.put(Map.of("a", VALUE)));
        assertThat(await(store("other:", TIME_TO_LIVE).get("a"))).isEmpty();
        assertThat(server.command("KEYS *")).contains("\r\nllm:a\r\n");
    }

    @Test
    void whatNobodyUsesIsGone() {
        RedisStateStore brief = store("brief:", Duration.ofMillis(200));
        await(brief.put(Map.of("a", VALUE)));
        await(brief.replace("b", Optional.empty(), VALUE));
        Awaitility.await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(server.command("KEYS brief:*")).startsWith("*0"));
        assertThat(await(brief.getAll(List.of("a", "b")))).isEmpty();
    }

    @Test
    void eachUseBeginsTheTimeAnew() throws IOException {
        await(store.put(Map.of("a", VALUE, "b", VALUE)));
        letAge("llm:a");
        letAge("llm:b");
        await(store.getAll(List.of("a", "b")));
        assertThat(millisLeft("llm:a")).isGreaterThan(3_000_000);
        assertThat(millisLeft("llm:b")).isGreaterThan(3_000_000);
        letAge("llm:a");
        await(store.put(Map.of("a", VALUE)));
        assertThat(millisLeft("llm:a")).isGreaterThan(3_000_000);
        letAge("llm:a");
        await(store.replace("a", Optional.of(VALUE), new byte[9]));
        assertThat(millisLeft("llm:a")).isGreaterThan(3_000_000);
    }

    @Test
    void aLookThatDoesNotReplaceIsNoUse() throws IOException {
        await(store.put(Map.of("a", VALUE)));
        letAge("llm:a");
        assertThat(await(store.replace("a", Optional.empty(), VALUE))).isFalse();
        assertThat(millisLeft("llm:a")).isLessThanOrEqualTo(60_000);
    }

    @Test
    void manyKeysAreOneCommand() throws IOException {
        Map<String, byte[]> many = new LinkedHashMap<>();
        for (int i = 0; i < 100; i++) {
            many.put("k" + i, VALUE);
        }
        // Now the scripts are known.
        await(store.put(many));
        await(store.getAll(many.keySet()));
        server.command("CONFIG RESETSTAT");
        await(store.put(many));
        await(store.getAll(many.keySet()));
        await(store.delete(many.keySet()));
        assertThat(server.command("INFO commandstats")).contains("cmdstat_evalsha:calls=2,", "cmdstat_del:calls=1,")
                .doesNotContain("cmdstat_eval:");
    }

    @Test
    void aRedisThatForgotTheScriptsIsTaughtThemAgain() throws IOException {
        await(store.put(Map.of("a", VALUE)));
        server.command("SCRIPT FLUSH");
        assertThat(await(store.get("a"))).isPresent();
        assertThat(await(store.replace("a", Optional.of(VALUE), new byte[1]))).isTrue();
        await(store.put(Map.of("b", VALUE)));
        assertThat(await(store.get("b"))).isPresent();
    }

    @Test
    void moreAtOnceThanThePoolHasRoomForAreServed() {
        List<Uni<Boolean>> all = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            String key = "k" + i;
            all.add(store.put(Map.of(key, VALUE)).chain(() -> store.get(key)).map(Optional::isPresent));
        }
        List<Boolean> found = await(Uni.join().all(all).andFailFast());
        assertThat(found).hasSize(1_000).containsOnly(true);
    }

    @Test
    void oneConnectionIsEnough() throws IOException {
        await(Uni.join().all(List.of(store.get("a"), store.get("b"), store.get("c"))).andFailFast());
        RedisStateStore another = store("llm:", TIME_TO_LIVE);
        long before = connections();
        await(Uni.join().all(List.of(another.get("a"), another.get("b"), another.get("c"))).andFailFast());
        assertThat(connections() - before).isLessThanOrEqualTo(1);
    }

    private static long connections() throws IOException {
        return server.command("CLIENT LIST").lines().filter(line -> line.contains("cmd=")).count();
    }

    @Test
    void aFullRedisWritesNothingOfWhatItRefuses() throws IOException {
        await(store.put(Map.of("a", VALUE)));
        server.command("CONFIG SET maxmemory 1");
        assertThatThrownBy(() -> await(store.put(Map.of("a", new byte[100], "b", new byte[100]))))
                .isInstanceOfSatisfying(StoreException.class,
                        failure -> assertThat(failure.reason()).isEqualTo(StoreException.Reason.UNAVAILABLE));
        Map<String, byte[]> there = await(store.getAll(List.of("a", "b")));
        assertThat(there).containsOnlyKeys("a");
        assertThat(there.get("a")).isEqualTo(VALUE);
        server.command("CONFIG SET maxmemory 0");
        await(store.put(Map.of("a", new byte[100], "b", new byte[100])));
    }

    @Test
    void aServerThatBecameAReplicaIsLeft() throws IOException {
        await(store.put(Map.of("a", VALUE)));
        try (RedisServerProcess master = RedisServerProcess.forgetful()) {
            server.command("REPLICAOF 127.0.0.1 " + master.port());
            assertThatThrownBy(() -> await(store.put(Map.of("a", VALUE)))).isInstanceOf(StoreException.class);
        } finally {
            server.command("REPLICAOF NO ONE");
        }
        await(store.put(Map.of("a", VALUE)));
        assertThat(await(store.get("a"))).isPresent();
    }
}
