package io.quarkiverse.llm.gateway.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakDetector.Level;
import io.vertx.core.Vertx;

/** Netty's search for buffers that nobody has released, in every one that is taken from a pool from now on. */
final class LeakedBuffers implements AutoCloseable {

    private static final String CANARY = "a canary: this buffer is leaked on purpose";

    private final Level before = ResourceLeakDetector.getLevel();
    private final LogLines log;

    LeakedBuffers(LogLines log) {
        this.log = log;
        // the first one turns the search off
        Vertx.vertx().close().toCompletionStage().toCompletableFuture().join();
        ResourceLeakDetector.setLevel(Level.PARANOID);
    }

    /**
     * Leaks a buffer until Netty has found it, which then has looked at all that were leaked before, and fails when there were
     * others.
     */
    void assertNone() {
        GatewayFixture.await().until(() -> {
            leakOne();
            System.gc();
            return leaks().stream().anyMatch(line -> line.contains(CANARY));
        });
        assertThat(leaks()).allMatch(line -> line.contains(CANARY), "leaked on purpose");
    }

    private static void leakOne() {
        ByteBuf leaked = PooledByteBufAllocator.DEFAULT.buffer(16);
        leaked.touch(CANARY);
    }

    private List<String> leaks() {
        return log.lines().stream().filter(line -> line.contains("LEAK:")).toList();
    }

    @Override
    public void close() {
        ResourceLeakDetector.setLevel(before);
    }
}
