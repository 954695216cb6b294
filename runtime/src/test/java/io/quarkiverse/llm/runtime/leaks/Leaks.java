package io.quarkiverse.llm.runtime.leaks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;

import io.vertx.core.Vertx;

/**
 * What work leaves behind between the start of this and the checks. Buffers are watched from the start on, whoever allocates
 * them; objects are those that are handed to {@link #watch}. Every check waits until all is gone, and fails with what stayed.
 *
 * <pre>{@code
 * try (Leaks leaks = Leaks.start()) {
 *     // ... work, with leaks.watch(everythingThatShouldGo) ...
 *     leaks.assertBuffersReleased();
 *     leaks.assertObjectsUnreachable();
 *     leaks.assertNoNewThreads();
 *     leaks.assertTimers(vertx, Map.of());
 * }
 * }</pre>
 *
 * One at a time in a JVM: the detector of Netty is one for all. Methods may be called from any thread.
 */
public final class Leaks implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final Duration patience;
    private final BufferLeaks buffers = new BufferLeaks();
    private final Queue<WeakReference<Object>> objects = new ConcurrentLinkedQueue<>();
    private final Set<Thread> before = new HashSet<>(Thread.getAllStackTraces().keySet());

    private Leaks(Duration patience) {
        this.patience = patience;
    }

    /**
     * Begins to track every buffer, and notes which threads there are. Work that makes threads that may stay goes before it.
     */
    public static Leaks start() {
        return start(PATIENCE);
    }

    /**
     * @param patience how long each check waits
     */
    public static Leaks start(Duration patience) {
        return new Leaks(patience);
    }

    /** This object must be unreachable in the end. */
    public <T> T watch(T object) {
        objects.add(new WeakReference<>(object));
        return object;
    }

    /** No reference-counted buffer became garbage without its release. */
    public void assertBuffersReleased() {
        assertThat(buffers.leaked(PATIENCE)).as("buffers that were never released").isEmpty();
    }

    /** No watched object can be reached any more. */
    public void assertObjectsUnreachable() {
        await().pollInSameThread().atMost(patience).untilAsserted(() -> {
            System.gc();
            assertThat(reachable()).as("objects that can still be reached").isEmpty();
        });
    }

    private Map<String, Long> reachable() {
        objects.removeIf(reference -> reference.refersTo(null));
        return objects.stream().map(WeakReference::get).filter(object -> object != null)
                .collect(Collectors.groupingBy(object -> object.getClass().getName(), TreeMap::new, Collectors.counting()));
    }

    /** No thread lives that did not live at the start. */
    public void assertNoNewThreads() {
        await().pollInSameThread().atMost(patience).untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                .as("threads that have come and not gone").filteredOn(thread -> !before.contains(thread)).isEmpty());
    }

    /**
     * These timers are pending on that Vert.x and no others, nor anything else on its event loops.
     *
     * @param expected how many there are for which class of handlers, by its name
     */
    public void assertTimers(Vertx vertx, Map<String, Integer> expected) {
        int all = expected.values().stream().mapToInt(Integer::intValue).sum();
        await().pollInSameThread().atMost(patience).untilAsserted(() -> {
            assertThat(Timers.pending(vertx)).as("pending timers").isEqualTo(expected);
            assertThat(Timers.scheduledTasks(vertx)).as("tasks scheduled on event loops, timers among them").hasSize(all);
        });
    }

    /** Buffers are tracked no more. */
    @Override
    public void close() {
        buffers.close();
    }
}
