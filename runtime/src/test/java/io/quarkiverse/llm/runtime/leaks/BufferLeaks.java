package io.quarkiverse.llm.runtime.leaks;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakDetector.Level;

/**
 * Every leak that Netty's detector sees while each allocation is tracked. The detector reports a leak once the buffer is
 * garbage and another one is allocated; so that nobody takes its silence for a proof, each question leaks a buffer on purpose
 * and waits for the report of it.
 */
final class BufferLeaks implements AutoCloseable {

    private static final String CANARY = "leaked on purpose, number ";
    /** Without it Netty notes the stack at every access to every buffer, which makes everything several times slower. */
    private static final String ROUGHLY = "io.netty.leakDetection.acquireAndReleaseOnly";
    private static final AtomicInteger CANARIES = new AtomicInteger();

    static {
        System.setProperty(ROUGHLY, System.getProperty(ROUGHLY, "true"));
    }

    private final Level levelBefore;
    private final List<String> reports = new CopyOnWriteArrayList<>();

    BufferLeaks() {
        // Vert.x, when it is first used, switches the detector off
        loadVertx();
        levelBefore = ResourceLeakDetector.getLevel();
        ResourceLeakDetector.setLevel(Level.PARANOID);
        ByteBufUtil.setLeakListener((type, records) -> reports.add(records));
    }

    private static void loadVertx() {
        try {
            Class.forName("io.vertx.core.impl.VertxImpl");
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("There is another Vert.x than expected", e);
        }
    }

    /** Where buffers were allocated and last seen that are garbage now and were not released. */
    List<String> leaked(Duration atMost) {
        // What was garbage before the first canary may be reported after it, but not after the second, of a later collection.
        awaitReportOf(leakOne(), atMost);
        awaitReportOf(leakOne(), atMost);
        return reports.stream().filter(report -> !report.contains(CANARY)).toList();
    }

    private static String leakOne() {
        String name = CANARY + CANARIES.incrementAndGet() + ".";
        PooledByteBufAllocator.DEFAULT.directBuffer(16).touch(name);
        return name;
    }

    private void awaitReportOf(String canary, Duration atMost) {
        await("the detector works").pollInSameThread().atMost(atMost).until(() -> {
            System.gc();
            PooledByteBufAllocator.DEFAULT.directBuffer(16).release();
            return reports.stream().anyMatch(report -> report.contains(canary));
        });
    }

    @Override
    public void close() {
        ByteBufUtil.setLeakListener(null);
        ResourceLeakDetector.setLevel(levelBefore);
    }
}
