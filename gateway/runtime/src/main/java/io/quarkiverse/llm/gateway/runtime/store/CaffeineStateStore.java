package io.quarkiverse.llm.gateway.runtime.store;

import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import com.github.benmanes.caffeine.cache.Ticker;

import io.smallrye.mutiny.Uni;

/**
 * In the memory of this instance. Answers on the thread that asks and never waits for another for longer than it takes to find
 * what must go.
 * <p>
 * Caffeine keeps the time and the order of use. The bounds are kept here: Caffeine's own may refuse what is new in favour of
 * what is old, but a client that was just told of a response comes back for it at once.
 */
public final class CaffeineStateStore implements StateStore {

    /** What an entry takes in the heap beside its characters and bytes, about: the entry, its node, the string, both arrays. */
    static final int OVERHEAD = 200;

    private final long maxEntries;
    private final long maxBytes;
    private final AtomicLong count = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();
    private final Cache<String, Entry> entries;
    private final Object room = new Object();

    /** Each write makes a new one, so that each is counted, and only that one is taken away. */
    private static final class Entry {

        private final byte[] value;
        private final long size;

        Entry(String key, byte[] value) {
            this.value = value;
            this.size = sizeOf(key, value);
        }
    }

    /**
     * @param timeToLive since the last use
     * @param maxBytes of keys, values and what keeping them takes
     */
    public CaffeineStateStore(Duration timeToLive, long maxEntries, long maxBytes) {
        this(timeToLive, maxEntries, maxBytes, Ticker.systemTicker());
    }

    CaffeineStateStore(Duration timeToLive, long maxEntries, long maxBytes, Ticker ticker) {
        this.maxEntries = maxEntries;
        this.maxBytes = maxBytes;
        this.entries = Caffeine.newBuilder().expireAfterAccess(timeToLive).ticker(ticker).executor(Runnable::run)
                .removalListener((String key, Entry entry, RemovalCause cause) -> forget(entry)).build();
    }

    /** What the entry counts for. */
    static long sizeOf(String key, byte[] value) {
        return OVERHEAD + (long) key.length() + value.length;
    }

    @Override
    public Uni<Void> put(Map<String, byte[]> written) {
        return Uni.createFrom().voidItem().invoke(() -> {
            checkFits(written);
            written.forEach((key, value) -> entries.put(key, counted(new Entry(key, value))));
            makeRoom();
        });
    }

    @Override
    public Uni<Optional<byte[]>> get(String key) {
        return Uni.createFrom().item(() -> {
            Optional<byte[]> value = Optional.ofNullable(entries.getIfPresent(key)).map(entry -> entry.value);
            keepOrder();
            return value;
        });
    }

    @Override
    public Uni<Map<String, byte[]>> getAll(Collection<String> keys) {
        return Uni.createFrom().item(() -> {
            Map<String, byte[]> found = new LinkedHashMap<>();
            for (String key : keys) {
                Entry entry = entries.getIfPresent(key);
                if (entry != null) {
                    found.put(key, entry.value);
                }
                keepOrder();
            }
            return found;
        });
    }

    @Override
    public Uni<Void> delete(Collection<String> keys) {
        return Uni.createFrom().voidItem().invoke(() -> entries.invalidateAll(keys));
    }

    @Override
    public Uni<Boolean> replace(String key, Optional<byte[]> expected, byte[] value) {
        return Uni.createFrom().item(() -> {
            checkFits(Map.of(key, value));
            boolean replaced = replaced(key, expected, new Entry(key, value));
            makeRoom();
            return replaced;
        });
    }

    private boolean replaced(String key, Optional<byte[]> expected, Entry entry) {
        while (true) {
            Entry there = entries.policy().getIfPresentQuietly(key);
            boolean asExpected = there == null ? expected.isEmpty()
                    : expected.isPresent() && Arrays.equals(expected.get(), there.value);
            if (!asExpected) {
                return false;
            }
            counted(entry);
            boolean done = there == null ? entries.asMap().putIfAbsent(key, entry) == null
                    : entries.asMap().replace(key, there, entry);
            if (done) {
                return true;
            }
            forget(entry);
        }
    }

    private void checkFits(Map<String, byte[]> written) {
        long size = 0;
        for (Map.Entry<String, byte[]> entry : written.entrySet()) {
            size += sizeOf(entry.getKey(), entry.getValue());
        }
        if (size > maxBytes || written.size() > maxEntries) {
            throw new StoreException(StoreException.Reason.TOO_LARGE, "What is to be stored takes " + size + " bytes in "
                    + written.size() + " entries; the whole store has room for " + maxBytes + " bytes in " + maxEntries);
        }
    }

    /** Before it is there, so that whoever takes it away finds it counted. */
    private Entry counted(Entry entry) {
        count.incrementAndGet();
        bytes.addAndGet(entry.size);
        return entry;
    }

    private void forget(Entry entry) {
        count.decrementAndGet();
        bytes.addAndGet(-entry.size);
    }

    /** Caffeine notes reads in a buffer that forgets some when it is full; the order of use is exact only if it never is. */
    private void keepOrder() {
        entries.cleanUp();
    }

    private void makeRoom() {
        entries.cleanUp();
        if (fits()) {
            return;
        }
        synchronized (room) {
            while (!fits()) {
                oldest().forEach((key, entry) -> entries.asMap().remove(key, entry));
            }
        }
    }

    private boolean fits() {
        return count.get() <= maxEntries && bytes.get() <= maxBytes;
    }

    /** As many of those not used for longest as must go. */
    private Map<String, Entry> oldest() {
        return entries.policy().expireAfterAccess().orElseThrow().oldest(inOrder -> {
            Map<String, Entry> going = new LinkedHashMap<>();
            long tooMany = count.get() - maxEntries;
            long tooLarge = bytes.get() - maxBytes;
            var each = inOrder.iterator();
            while ((tooMany > 0 || tooLarge > 0) && each.hasNext()) {
                var next = each.next();
                going.put(next.getKey(), next.getValue());
                tooMany--;
                tooLarge -= next.getValue().size;
            }
            return going;
        });
    }

    /** How many entries there are, those counted that time has just run out for until somebody asks for anything. */
    public long count() {
        entries.cleanUp();
        return count.get();
    }

    /** What they take. */
    public long bytes() {
        entries.cleanUp();
        return bytes.get();
    }

    @Override
    public String describe() {
        return "memory of this instance, at most " + maxEntries + " entries and " + maxBytes + " bytes";
    }
}
