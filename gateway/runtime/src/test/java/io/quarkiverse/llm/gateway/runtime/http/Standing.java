package io.quarkiverse.llm.gateway.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.netty.buffer.PoolArenaMetric;
import io.netty.buffer.PooledByteBufAllocator;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.impl.VertxByteBufAllocator;
import io.vertx.core.impl.VertxImpl;

/**
 * What a server holds while nobody asks for anything.
 *
 * @param objects how many of each class of ours, and of connections and requests
 * @param timers that are set
 * @param threads their names, of those that are not in a pool of Vert.x or Mutiny, where they come when there is work and stay
 * @param directBytes that are taken from Netty's pools and not given back
 */
record Standing(Map<String, Long> objects, int timers, Set<String> threads, long directBytes) {

    /** Objects of a class that may be there more: what a pool, a cache or a thread keeps. */
    private static final long FEW = 20;
    /**
     * Two providers have one HTTP client on each event loop that was used, whose pool looks for idle connections now and then.
     */
    private static final int POOLS = 2 * VertxOptions.DEFAULT_EVENT_LOOP_POOL_SIZE;
    /** What Netty takes from the system at once. */
    private static final long DIRECT_CHUNK = 4L * 1024 * 1024;

    static Standing of(Vertx vertx) {
        return new Standing(LiveObjects.of(Standing::isCounted), timersOf(vertx),
                threadsNow().stream().filter(name -> !name.startsWith("vert.x-")).collect(Collectors.toSet()),
                Stream.of(PooledByteBufAllocator.DEFAULT, VertxByteBufAllocator.POOLED_ALLOCATOR)
                        .flatMap(allocator -> ((PooledByteBufAllocator) allocator).metric().directArenas().stream())
                        .mapToLong(PoolArenaMetric::numActiveBytes).sum());
    }

    private static boolean isCounted(String name) {
        return name.startsWith("io.quarkiverse.llm.") && !name.startsWith("io.quarkiverse.llm.scripted.")
                || name.startsWith("io.vertx.core.http.impl.") || name.startsWith("io.vertx.ext.web.impl.RoutingContext")
                || name.startsWith("io.netty.channel.socket.nio.");
    }

    /** Without those of pools that belong to nobody. */
    static Set<String> threadsNow() {
        return Thread.getAllStackTraces().keySet().stream().map(Thread::getName)
                .filter(name -> !name.matches("(pool-|awaitility|ForkJoinPool|HttpClient-).*")).collect(Collectors.toSet());
    }

    /** There is no other way to know. */
    static int timersOf(Vertx vertx) {
        try {
            Field timeouts = VertxImpl.class.getDeclaredField("timeouts");
            timeouts.setAccessible(true);
            return ((Map<?, ?>) timeouts.get(vertx)).size();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Fails when there is more than before. */
    void assertNoMoreThan(Standing before) {
        assertThat(timers).as("timers").isLessThanOrEqualTo(Math.max(before.timers, POOLS));
        assertThat(threads).as("threads").isSubsetOf(before.threads);
        assertThat(directBytes).as("direct memory").isLessThanOrEqualTo(before.directBytes + DIRECT_CHUNK);
        Map<String, Long> more = new TreeMap<>(objects);
        more.replaceAll((name, count) -> count - before.objects.getOrDefault(name, 0L));
        more.values().removeIf(count -> count <= FEW);
        assertThat(more).as("objects more than before").isEmpty();
    }
}
