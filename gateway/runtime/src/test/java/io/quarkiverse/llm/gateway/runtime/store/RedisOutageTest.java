package io.quarkiverse.llm.gateway.runtime.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.quarkiverse.llm.gateway.redis.RedisServerProcess;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisOptions;

/** With a Redis that goes and comes. */
class RedisOutageTest {

    private static final byte[] VALUE = { 1, 2, 3 };
    private static final Duration TIMEOUT = Duration.ofMillis(500);
    /** An answer in time, on a machine that is busy. */
    private static final Duration IN_TIME = Duration.ofSeconds(5);

    private final Vertx vertx = Vertx.vertx();
    private RedisServerProcess server;
    private Redis redis;
    private RedisStateStore store;

    @BeforeEach
    void prepare() {
        server = RedisServerProcess.notStarted(true);
        // One place in the pool: a connection that were not given back would be the last.
        redis = Redis.createClient(vertx, new RedisOptions().setConnectionString(server.url()).setMaxPoolSize(1)
                .setMaxPoolWaiting(4));
        store = new RedisStateStore(redis, "llm:", Duration.ofHours(1), TIMEOUT);
    }

    @AfterEach
    void stop() throws Exception {
        if (redis != null) {
            redis.close();
        }
        vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
        if (server != null) {
            server.close();
        }
    }

    /** The first connection of a cold machine may take longer than the time that these tests give it. */
    private void put(String key) {
        soon(() -> {
            store.put(Map.of(key, VALUE)).await().atMost(IN_TIME);
            return true;
        });
    }

    private static void soon(Callable<Boolean> works) {
        Awaitility.await().atMost(Duration.ofSeconds(10)).ignoreExceptionsInstanceOf(StoreException.class).until(works);
    }

    private boolean has(String key) {
        return store.get(key).await().atMost(IN_TIME).isPresent();
    }

    private void failsInTime() {
        long begin = System.nanoTime();
        assertThatThrownBy(() -> has("any")).isInstanceOfSatisfying(StoreException.class, failure -> {
            assertThat(failure.reason()).isEqualTo(StoreException.Reason.UNAVAILABLE);
            assertThat(failure).hasMessageNotContainingAny("localhost", "127.0.0.1", "" + server.port(), "any");
        });
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(IN_TIME);
    }

    private void worksSoon(String key) {
        soon(() -> has(key));
    }

    @Test
    void worksAgainByItselfWithWhatWasWritten() {
        server.start();
        put("a");
        for (int i = 0; i < 3; i++) {
            server.kill();
            failsInTime();
            failsInTime();
            server.start();
            worksSoon("a");
        }
    }

    @Test
    void aRestartThatNobodyNoticedDisturbsNobody() {
        server.start();
        put("a");
        server.kill();
        server.start();
        worksSoon("a");
    }

    @Test
    void mayComeLaterThanTheGateway() {
        failsInTime();
        server.start();
        put("a");
        worksSoon("a");
    }

    @Test
    void aRedisThatSaysNothingFailsInTimeAndIsUsedAgain() {
        server.start();
        put("a");
        for (int i = 0; i < 3; i++) {
            server.freeze();
            failsInTime();
            failsInTime();
            server.unfreeze();
            worksSoon("a");
        }
    }

    @Test
    void aRedisThatIsFrozenAndThenGoneIsUsedAgain() {
        server.start();
        put("a");
        server.freeze();
        failsInTime();
        failsInTime();
        server.kill();
        server.start();
        worksSoon("a");
    }

    @Test
    void aSilentRedisIsNotFloodedWithConnections() throws IOException {
        server.start();
        put("a");
        server.freeze();
        for (int i = 0; i < 4; i++) {
            failsInTime();
        }
        server.unfreeze();
        worksSoon("a");
        assertThat(server.command("CLIENT LIST").lines().filter(line -> line.contains("cmd=")).count())
                .isLessThanOrEqualTo(3);
    }

    @Test
    void everyOperationEndsWhenRedisDiesUnderLoad() {
        server.start();
        put("a");
        server.freeze();
        AtomicInteger failed = new AtomicInteger();
        List<CompletableFuture<Void>> all = new ArrayList<>();
        for (int i = 0; i < 1_500; i++) {
            all.add(store.put(Map.of("k" + i, new byte[10_000])).onFailure(StoreException.class).recoverWithItem(() -> {
                failed.incrementAndGet();
                return null;
            }).subscribeAsCompletionStage());
        }
        server.kill();
        assertThat(CompletableFuture.allOf(all.toArray(CompletableFuture[]::new))).succeedsWithin(IN_TIME);
        assertThat(failed).hasValue(1_500);
        server.start();
        worksSoon("a");
    }
}
