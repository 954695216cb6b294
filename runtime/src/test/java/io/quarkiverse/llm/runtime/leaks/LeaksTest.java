package io.quarkiverse.llm.runtime.leaks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

import org.junit.jupiter.api.Test;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;

/** The checks can fail. */
class LeaksTest {

    private static final Duration SHORT = Duration.ofMillis(300);

    @Test
    void aBufferThatIsNotReleasedIsFound() {
        try (BufferLeaks leaks = new BufferLeaks()) {
            forget(PooledByteBufAllocator.DEFAULT);

            assertThat(leaks.leaked(Duration.ofSeconds(15)))
                    .singleElement().asString().contains("forget(LeaksTest.java");
        }
    }

    private static void forget(ByteBufAllocator allocator) {
        allocator.directBuffer(100).writeLong(1);
    }

    @Test
    void aBufferThatIsReleasedIsNot() {
        try (Leaks leaks = Leaks.start()) {
            PooledByteBufAllocator.DEFAULT.directBuffer(100).release();

            leaks.assertBuffersReleased();
        }
    }

    @Test
    void anObjectThatIsHeldIsFound() {
        try (Leaks leaks = Leaks.start(SHORT)) {
            Object held = leaks.watch(new Object());
            leaks.watch(new Object());

            assertThatThrownBy(leaks::assertObjectsUnreachable).hasMessageContaining("{\"java.lang.Object\"=1L}");
            assertThat(held).isNotNull();
        }
    }

    @Test
    void aThreadThatStaysIsFound() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        Thread thread = new Thread(() -> {
            try {
                end.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }, "stays");
        try (Leaks leaks = Leaks.start(SHORT)) {
            thread.start();
            assertThatThrownBy(leaks::assertNoNewThreads).hasMessageContaining("stays");
            end.countDown();
            thread.join();
            leaks.assertNoNewThreads();
        }
    }

    @Test
    void aPendingTimerIsFound() {
        Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
        try (Leaks leaks = Leaks.start(SHORT)) {
            leaks.assertTimers(vertx, Map.of());
            long timer = vertx.setTimer(1_000_000, new Late());
            leaks.assertTimers(vertx, Map.of(Late.class.getName(), 1));
            assertThatThrownBy(() -> leaks.assertTimers(vertx, Map.of())).hasMessageContaining("Late");
            vertx.cancelTimer(timer);
            leaks.assertTimers(vertx, Map.of());
        }
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private static final class Late implements Handler<Long> {

        @Override
        public void handle(Long timer) {
            throw new AssertionError("It fired");
        }
    }
}
