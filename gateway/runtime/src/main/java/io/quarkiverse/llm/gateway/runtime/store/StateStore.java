package io.quarkiverse.llm.gateway.runtime.store;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;

import io.smallrye.mutiny.Uni;

/**
 * Keeps bytes under keys, each for a time since it was last written or read. Answers on any thread. Thread-safe.
 * <p>
 * Nothing happens before there is a subscriber, and each subscription does it again. Arrays are not copied: neither who hands
 * one over nor who gets one may change it, ever. All failures are a {@link StoreException}.
 */
public interface StateStore {

    /**
     * Writes all or, when it fails, nothing that counts: what is written can be read by everybody, at once. Entries
     * appear in the order of the map, or all together; those that are referred to come first, so that nobody finds a
     * reference to what is not there yet.
     */
    Uni<Void> put(Map<String, byte[]> entries);

    /** The value of that key, if there is one. */
    Uni<Optional<byte[]>> get(String key);

    /** Those that are there, in the order of the keys. */
    Uni<Map<String, byte[]>> getAll(Collection<String> keys);

    /** Takes away those that are there. */
    Uni<Void> delete(Collection<String> keys);

    /**
     * Writes where the value is still that one (empty: where there is none), and says whether it was. Nobody else's write comes
     * between the look and the write. Only where it writes it counts as a use of the key.
     *
     * @param expected compared byte by byte
     */
    Uni<Boolean> replace(String key, Optional<byte[]> expected, byte[] value);

    /** What it is, for the log: no secret, no address. */
    String describe();
}
