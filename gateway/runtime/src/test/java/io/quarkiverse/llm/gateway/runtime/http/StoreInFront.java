package io.quarkiverse.llm.gateway.runtime.http;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import io.quarkiverse.llm.gateway.runtime.store.CaffeineStateStore;
import io.quarkiverse.llm.gateway.runtime.store.StateStore;
import io.quarkiverse.llm.gateway.runtime.store.StoreException;
import io.quarkiverse.llm.gateway.runtime.store.StoreException.Reason;
import io.smallrye.mutiny.Uni;

/** A store of which a test says when it answers. */
final class StoreInFront implements StateStore {

    private static final Supplier<Uni<Void>> NOW = () -> Uni.createFrom().voidItem();

    private static final Supplier<Uni<Void>> AWAY = () -> Uni.createFrom()
            .failure(new StoreException(Reason.UNAVAILABLE, "The way to the store is cut"));

    private final StateStore store;
    private final AtomicInteger puts = new AtomicInteger();
    private volatile Supplier<Uni<Void>> beforeWrites = NOW;
    private volatile Supplier<Uni<Void>> beforeReads = NOW;

    /** One with a store of its own behind it. */
    StoreInFront() {
        this(new CaffeineStateStore(Duration.ofHours(1), 1000, 10_000_000));
    }

    /** One instance's way to a store that others may have, too. */
    StoreInFront(StateStore store) {
        this.store = store;
    }

    /** To the others its instance is gone then. */
    void cut() {
        cutWrites();
        beforeReads = AWAY;
    }

    void cutWrites() {
        beforeWrites = AWAY;
    }

    void mend() {
        beforeWrites = NOW;
        beforeReads = NOW;
    }

    /** What each write waits for, or fails with. */
    void before(Supplier<Uni<Void>> write) {
        beforeWrites = write;
    }

    /** How many writes have begun. */
    int puts() {
        return puts.get();
    }

    @Override
    public Uni<Void> put(Map<String, byte[]> entries) {
        return Uni.createFrom().deferred(() -> {
            puts.incrementAndGet();
            return beforeWrites.get();
        }).chain(() -> store.put(entries));
    }

    @Override
    public Uni<Optional<byte[]>> get(String key) {
        return Uni.createFrom().deferred(() -> beforeReads.get()).chain(() -> store.get(key));
    }

    @Override
    public Uni<Map<String, byte[]>> getAll(Collection<String> keys) {
        return Uni.createFrom().deferred(() -> beforeReads.get()).chain(() -> store.getAll(keys));
    }

    @Override
    public Uni<Void> delete(Collection<String> keys) {
        return Uni.createFrom().deferred(() -> beforeWrites.get()).chain(() -> store.delete(keys));
    }

    @Override
    public Uni<Boolean> replace(String key, Optional<byte[]> expected, byte[] value) {
        return Uni.createFrom().deferred(() -> beforeWrites.get()).chain(() -> store.replace(key, expected, value));
    }

    @Override
    public String describe() {
        return store.describe();
    }
}
