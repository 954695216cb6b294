package io.quarkiverse.llm.runtime.transport.websocket;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Connections that nobody has, since when, by their credentials. For one thread at a time.
 *
 * @param <C> the connections
 */
final class IdleConnections<C extends Pooled> {

    /** The longest idle first. */
    private final Map<Handshake, LinkedHashMap<C, Long>> idle = new HashMap<>();
    private int size;

    void add(C connection, long since) {
        idle.computeIfAbsent(connection.handshake(), none -> new LinkedHashMap<>()).put(connection, since);
        size++;
    }

    /** Whether it was there. */
    boolean remove(C connection) {
        Map<C, Long> alike = idle.get(connection.handshake());
        if (alike == null || alike.remove(connection) == null) {
            return false;
        }
        if (alike.isEmpty()) {
            idle.remove(connection.handshake());
        }
        size--;
        return true;
    }

    int size() {
        return size;
    }

    /** Those with these credentials, and since when: the longest idle first. */
    Map<C, Long> of(Handshake handshake) {
        Map<C, Long> alike = idle.get(handshake);
        return alike == null ? Map.of() : alike;
    }

    /** The longest idle of all, which is then removed. */
    Optional<C> takeLongest() {
        C longest = null;
        long since = 0;
        for (Map<C, Long> alike : idle.values()) {
            Map.Entry<C, Long> first = alike.entrySet().iterator().next();
            if (longest == null || first.getValue() - since < 0) {
                longest = first.getKey();
                since = first.getValue();
            }
        }
        if (longest != null) {
            remove(longest);
        }
        return Optional.ofNullable(longest);
    }

    /** All of them, which are then removed. */
    List<C> takeAll() {
        List<C> all = new ArrayList<>(size);
        idle.values().forEach(alike -> all.addAll(alike.keySet()));
        idle.clear();
        size = 0;
        return all;
    }
}
