package io.quarkiverse.llm.gateway.runtime.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;

class CaffeineStateStoreTest {

    private static final int OVERHEAD = CaffeineStateStore.OVERHEAD;

    private final AtomicLong nanos = new AtomicLong();

    private CaffeineStateStore store(long maxEntries, long maxBytes) {
        return new CaffeineStateStore(Duration.ofHours(1), maxEntries, maxBytes, nanos::get);
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    private static void put(StateStore store, String key, int size) {
        store.put(Map.of(key, new byte[size])).await().indefinitely();
    }

    private static boolean has(StateStore store, String key) {
        return store.get(key).await().indefinitely().isPresent();
    }

    @Test
    void whatWasNotUsedForItsTimeIsGone() {
        CaffeineStateStore store = store(10, 10_000);
        put(store, "read", 1);
        put(store, "left", 1);
        pass(Duration.ofMinutes(40));
        assertThat(has(store, "read")).isTrue();
        pass(Duration.ofMinutes(40));
        assertThat(has(store, "read")).isTrue();
        assertThat(has(store, "left")).isFalse();
        assertThat(store.count()).isOne();
    }

    @Test
    void whatNobodyUsesLeavesNothingBehind() {
        CaffeineStateStore store = store(10, 10_000);
        put(store, "a", 100);
        put(store, "b", 100);
        pass(Duration.ofHours(1));
        assertThat(store.count()).isZero();
        assertThat(store.bytes()).isZero();
    }

    @Test
    void aLargeEntryThatIsNewPushesManyOldOnesOut() {
        CaffeineStateStore store = store(1_000, 1_000L * (OVERHEAD + 2));
        for (int i = 0; i < 990; i++) {
            put(store, "" + i, 0);
            // Used often: a store that keeps what is asked for most would rather refuse the new one.
            for (int read = 0; read < 5; read++) {
                has(store, "" + i);
            }
        }
        put(store, "new", 900 * OVERHEAD);
        assertThat(has(store, "new")).isTrue();
        assertThat(has(store, "989")).isTrue();
        assertThat(has(store, "0")).isFalse();
    }

    @Test
    void eachOfManyReadsInARowIsAUse() {
        CaffeineStateStore store = store(100, 1_000_000);
        for (int i = 0; i < 100; i++) {
            put(store, "" + i, 0);
        }
        for (int i = 99; i >= 0; i--) {
            has(store, "" + i);
        }
        for (int i = 0; i < 50; i++) {
            put(store, "new" + i, 0);
        }
        for (int i = 0; i < 100; i++) {
            assertThat(has(store, "" + i)).as("" + i).isEqualTo(i < 50);
        }
    }

    @Test
    void keysCountToo() {
        CaffeineStateStore store = store(10, 10_000);
        put(store, "0123456789", 5);
        assertThat(store.bytes()).isEqualTo(OVERHEAD + 15);
    }

    @Test
    void anotherValueTakesThePlaceOfTheOldOne() {
        CaffeineStateStore store = store(10, 10_000);
        put(store, "a", 500);
        put(store, "a", 5);
        assertThat(store.count()).isOne();
        assertThat(store.bytes()).isEqualTo(OVERHEAD + 6);
    }

    @Test
    void theSameArrayWrittenAgainCountsOnce() {
        CaffeineStateStore store = store(10, 10_000);
        byte[] value = new byte[5];
        store.put(Map.of("a", value)).await().indefinitely();
        store.put(Map.of("a", value)).await().indefinitely();
        assertThat(store.replace("a", Optional.of(value), value).await().indefinitely()).isTrue();
        assertThat(store.count()).isOne();
        assertThat(store.bytes()).isEqualTo(OVERHEAD + 6);
    }

    @Test
    void whatCouldNeverFitIsRefusedAndTakesNobodysPlace() {
        CaffeineStateStore store = store(10, 10_000);
        put(store, "small", 10);
        Map<String, byte[]> large = new LinkedHashMap<>();
        large.put("first", new byte[1]);
        large.put("second", new byte[10_000]);
        assertThatThrownBy(() -> store.put(large).await().indefinitely()).isInstanceOfSatisfying(StoreException.class,
                failure -> assertThat(failure.reason()).isEqualTo(StoreException.Reason.TOO_LARGE));
        assertThatThrownBy(() -> store.replace("small", Optional.of(new byte[10]), new byte[10_000]).await().indefinitely())
                .isInstanceOf(StoreException.class);
        assertThat(has(store, "small")).isTrue();
        assertThat(has(store, "first")).isFalse();
    }

    @Test
    void moreAtOnceThanTheStoreHoldsIsRefused() {
        CaffeineStateStore store = store(2, 10_000);
        Map<String, byte[]> three = Map.of("a", new byte[1], "b", new byte[1], "c", new byte[1]);
        assertThatThrownBy(() -> store.put(three).await().indefinitely()).isInstanceOf(StoreException.class);
        assertThat(store.count()).isZero();
    }

    @Test
    void aLookThatDoesNotReplaceIsNoUse() {
        CaffeineStateStore store = store(10, 10_000);
        put(store, "a", 1);
        pass(Duration.ofMinutes(40));
        assertThat(store.replace("a", Optional.of(new byte[2]), new byte[3]).await().indefinitely()).isFalse();
        pass(Duration.ofMinutes(40));
        assertThat(has(store, "a")).isFalse();
    }

    @Test
    void eightThreadsLeaveExactCounts() throws Exception {
        CaffeineStateStore store = store(50, 50L * (OVERHEAD + 20));
        // Mutiny's own beginnings are not for eight threads at once.
        put(store, "first", 0);
        List<Callable<Void>> writers = new ArrayList<>();
        for (int thread = 0; thread < 8; thread++) {
            Random random = new Random(thread);
            writers.add(() -> {
                for (int i = 0; i < 5_000; i++) {
                    use(store, random);
                }
                return null;
            });
        }
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            for (Future<Void> done : threads.invokeAll(writers)) {
                done.get(60, TimeUnit.SECONDS);
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(store.count()).isBetween(1L, 50L);
        assertThat(store.bytes()).isBetween(1L, 50L * (OVERHEAD + 20));
        List<String> half = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            half.add("" + i);
        }
        store.delete(half).await().indefinitely();
        pass(Duration.ofHours(1));
        assertThat(store.count()).isZero();
        assertThat(store.bytes()).isZero();
    }

    private static void use(StateStore store, Random random) {
        String key = "" + random.nextInt(100);
        switch (random.nextInt(5)) {
            case 0 -> store.get(key).await().indefinitely();
            case 1 -> store.delete(List.of(key)).await().indefinitely();
            case 2 -> store.replace(key, store.get(key).await().indefinitely(), new byte[random.nextInt(40)]).await()
                    .indefinitely();
            case 3 -> store.put(Map.of(key, new byte[random.nextInt(40)], "x" + key, new byte[3])).await().indefinitely();
            default -> put(store, key, random.nextInt(60));
        }
    }
}
