package io.quarkiverse.llm.gateway.runtime.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Beside a map that is ordered by use and does the same. */
class CaffeineStateStorePropertyTest {

    private static final long MAX_ENTRIES = 8;
    private static final long MAX_BYTES = 8L * CaffeineStateStore.OVERHEAD + 100;
    private static final Duration TIME_TO_LIVE = Duration.ofSeconds(100);

    /** What is done to the store. */
    private enum Kind {
        PUT,
        PUT_TWO,
        GET,
        DELETE,
        REPLACE,
        PASS
    }

    private record Operation(Kind kind, String key, int number) {
    }

    /** The store as it should be: the least recently used first. */
    private static final class Expected {

        private record Kept(byte[] value, long usedAt) {
        }

        private final Map<String, Kept> kept = new LinkedHashMap<>();

        void put(String key, byte[] value, long now) {
            kept.remove(key);
            kept.put(key, new Kept(value, now));
        }

        void makeRoom() {
            Iterator<?> oldest = kept.entrySet().iterator();
            while (kept.size() > MAX_ENTRIES || bytes() > MAX_BYTES) {
                oldest.next();
                oldest.remove();
            }
        }

        Optional<byte[]> get(String key, long now) {
            Kept found = kept.remove(key);
            if (found == null) {
                return Optional.empty();
            }
            kept.put(key, new Kept(found.value, now));
            return Optional.of(found.value);
        }

        void expire(long now) {
            kept.values().removeIf(each -> now - each.usedAt >= TIME_TO_LIVE.toNanos());
        }

        long bytes() {
            return kept.entrySet().stream()
                    .mapToLong(entry -> CaffeineStateStore.sizeOf(entry.getKey(), entry.getValue().value)).sum();
        }
    }

    @Provide
    Arbitrary<List<Operation>> operations() {
        Arbitrary<Operation> any = Combinators.combine(Arbitraries.of(Kind.values()),
                Arbitraries.integers().between(0, 14).map(i -> "key" + i), Arbitraries.integers().between(0, 60))
                .as(Operation::new);
        return any.list().ofMaxSize(120);
    }

    @Property(tries = 500)
    void keepsItsBoundsAndTheLastUsed(@ForAll("operations") List<Operation> operations) {
        AtomicLong nanos = new AtomicLong();
        CaffeineStateStore store = new CaffeineStateStore(TIME_TO_LIVE, MAX_ENTRIES, MAX_BYTES, nanos::get);
        Expected expected = new Expected();
        for (Operation operation : operations) {
            apply(operation, store, expected, nanos);
            assertThat(store.count()).isEqualTo(expected.kept.size()).isLessThanOrEqualTo(MAX_ENTRIES);
            assertThat(store.bytes()).isEqualTo(expected.bytes()).isLessThanOrEqualTo(MAX_BYTES);
        }
        List<String> keys = List.copyOf(expected.kept.keySet());
        assertThat(store.getAll(keys).await().indefinitely().keySet()).containsExactlyElementsOf(keys);
        store.delete(keys).await().indefinitely();
        assertThat(store.count()).isZero();
        assertThat(store.bytes()).isZero();
    }

    private static void apply(Operation operation, CaffeineStateStore store, Expected expected, AtomicLong nanos) {
        String key = operation.key;
        byte[] value = new byte[operation.number];
        long now = nanos.get();
        switch (operation.kind) {
            case PUT, PUT_TWO -> {
                Map<String, byte[]> entries = new LinkedHashMap<>();
                entries.put(key, value);
                if (operation.kind == Kind.PUT_TWO) {
                    entries.put(key + "/events", value);
                }
                store.put(entries).await().indefinitely();
                entries.forEach((each, bytes) -> expected.put(each, bytes, now));
                expected.makeRoom();
                assertThat(store.getAll(entries.keySet()).await().indefinitely()).containsExactlyEntriesOf(entries);
            }
            case GET -> assertThat(store.get(key).await().indefinitely()).isEqualTo(expected.get(key, now));
            case DELETE -> {
                store.delete(List.of(key, "nothing")).await().indefinitely();
                expected.kept.remove(key);
            }
            case REPLACE -> {
                Optional<byte[]> there = Optional.ofNullable(expected.kept.get(key)).map(Expected.Kept::value);
                Optional<byte[]> wrong = Optional.of(new byte[61]);
                assertThat(store.replace(key, wrong, value).await().indefinitely()).isFalse();
                assertThat(store.replace(key, there, value).await().indefinitely()).isTrue();
                expected.put(key, value, now);
                expected.makeRoom();
            }
            case PASS -> expected.expire(nanos.addAndGet(Duration.ofSeconds(operation.number).toNanos()));
        }
    }
}
