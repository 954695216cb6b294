package io.quarkiverse.llm.gateway.runtime.http;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

import io.quarkiverse.llm.gateway.runtime.store.StateStore;
import io.quarkiverse.llm.gateway.runtime.store.StoreException;
import io.smallrye.mutiny.Uni;

/** One instance's way to a store that others have, too, until it is cut: to them the instance is gone then. */
final class SeveredStore implements StateStore {

    private final StateStore store;
    private volatile boolean cut;

    SeveredStore(StateStore store) {
        this.store = store;
    }

    void cut() {
        cut = true;
    }

    void mend() {
        cut = false;
    }

    private <T> Uni<T> reached(Supplier<Uni<T>> operation) {
        return Uni.createFrom().deferred(() -> cut
                ? Uni.createFrom().failure(new StoreException(StoreException.Reason.UNAVAILABLE, "The way to the store is cut"))
                : operation.get());
    }

    @Override
    public Uni<Void> put(Map<String, byte[]> entries) {
        return reached(() -> store.put(entries));
    }

    @Override
    public Uni<Optional<byte[]>> get(String key) {
        return reached(() -> store.get(key));
    }

    @Override
    public Uni<Map<String, byte[]>> getAll(Collection<String> keys) {
        return reached(() -> store.getAll(keys));
    }

    @Override
    public Uni<Void> delete(Collection<String> keys) {
        return reached(() -> store.delete(keys));
    }

    @Override
    public Uni<Boolean> replace(String key, Optional<byte[]> expected, byte[] value) {
        return reached(() -> store.replace(key, expected, value));
    }

    @Override
    public String describe() {
        return store.describe();
    }
}
