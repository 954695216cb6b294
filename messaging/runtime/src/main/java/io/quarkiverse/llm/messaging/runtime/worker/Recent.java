package io.quarkiverse.llm.messaging.runtime.worker;

import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * What was put in lately, by keys: each for a while, and of too many the oldest go first. A cache that judges by use would do
 * the opposite, and drop what just came in favour of what was asked for. Not thread-safe: all of it on the worker's context.
 */
final class Recent<V> {

    private record Entry<V>(V value, long since) {
    }

    private final Map<String, Entry<V>> entries = new LinkedHashMap<>();
    private final long kept;
    private final int most;
    private final LongSupplier nanos;

    /**
     * @param kept for how long; zero keeps nothing
     * @param nanos tells the time, as {@link System#nanoTime()} does
     */
    Recent(Duration kept, int most, LongSupplier nanos) {
        this.kept = nanos(kept);
        this.most = most;
        this.nanos = nanos;
    }

    private static long nanos(Duration duration) {
        try {
            return duration.toNanos();
        } catch (ArithmeticException e) {
            // 292 years
            return Long.MAX_VALUE;
        }
    }

    void put(String key, V value) {
        long now = nanos.getAsLong();
        // else it would keep its old place
        entries.remove(key);
        entries.put(key, new Entry<>(value, now));
        Iterator<Entry<V>> oldest = entries.values().iterator();
        while (oldest.hasNext() && (isOver(oldest.next(), now) || entries.size() > most)) {
            oldest.remove();
        }
    }

    Optional<V> get(String key) {
        Entry<V> entry = entries.get(key);
        return entry == null || isOver(entry, nanos.getAsLong()) ? Optional.empty() : Optional.of(entry.value());
    }

    boolean contains(String key) {
        return get(key).isPresent();
    }

    int size() {
        return entries.size();
    }

    private boolean isOver(Entry<V> entry, long now) {
        return now - entry.since() >= kept;
    }
}
