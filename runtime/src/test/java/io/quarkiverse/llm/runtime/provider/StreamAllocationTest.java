package io.quarkiverse.llm.runtime.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

import com.sun.management.ThreadMXBean;

import io.quarkiverse.llm.LlmEvent;
import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.runtime.config.ProviderSettings;
import io.quarkiverse.llm.runtime.config.TestSettings;
import io.quarkiverse.llm.runtime.transport.HttpTransport;
import io.quarkiverse.llm.runtime.wire.chat.ChatCodec;
import io.quarkiverse.llm.scripted.Answer;
import io.quarkiverse.llm.scripted.ScriptedServer;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;

/**
 * What an event allocates from the socket to the application: ours, Vert.x' and Netty's. It is about 450 bytes here, more where
 * each event comes in a read of its own.
 */
class StreamAllocationTest {

    private static final ThreadMXBean THREADS = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);
    private static final int MOST_BYTES = 800;
    private static final int DELTAS = 2_000;
    private static final int BEGUN = 500;
    private static final int STREAMS = 10;

    @Test
    void aDeltaAllocatesLittleOnTheEventLoop() throws Exception {
        String[] deltas = new String[DELTAS];
        Arrays.fill(deltas, " blue");
        Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
        try (ScriptedServer server = ScriptedServer.start(request -> Answer.text(deltas))) {
            ProviderSettings settings = TestSettings.of(server.baseUrl()).build();
            WireProvider provider = new WireProvider(settings, new ChatCodec(settings),
                    new HttpTransport(settings, vertx, options -> {
                    }), vertx);
            double least = Double.MAX_VALUE;
            for (int i = 0; i < STREAMS; i++) {
                least = Math.min(least, allocated(provider));
            }
            assertThat(least).isBetween(100.0, (double) MOST_BYTES);
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().join();
        }
    }

    /** Bytes for each delta of a stream that has begun, by the thread that it arrives on. */
    private static double allocated(WireProvider provider) throws Exception {
        CompletableFuture<Double> result = new CompletableFuture<>();
        int[] count = { 0 };
        long[] begun = { 0, 0 };
        provider.stream(LlmRequest.of("Hi")).subscribe().with(event -> {
            if (event instanceof LlmEvent.TextDelta && ++count[0] == BEGUN) {
                begun[0] = Thread.currentThread().getId();
                begun[1] = THREADS.getThreadAllocatedBytes(begun[0]);
            } else if (count[0] == DELTAS && !result.isDone()) {
                assertThat(Thread.currentThread().getId()).isEqualTo(begun[0]);
                long bytes = THREADS.getThreadAllocatedBytes(begun[0]) - begun[1];
                result.complete(bytes / (double) (DELTAS - BEGUN));
            }
        }, result::completeExceptionally);
        return result.get(30, TimeUnit.SECONDS);
    }
}
