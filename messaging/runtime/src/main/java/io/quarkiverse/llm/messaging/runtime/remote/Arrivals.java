package io.quarkiverse.llm.messaging.runtime.remote;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

import io.quarkiverse.llm.messaging.runtime.channel.ReceivedMessage;

/** Messages between the reader of the channel, which never waits, and the context that puts them in their places. */
final class Arrivals {

    private final Queue<ReceivedMessage> arrived = new ConcurrentLinkedQueue<>();
    private final AtomicInteger added = new AtomicInteger();
    private final AtomicLong bytes = new AtomicLong();

    /** How many bytes of payloads have come and are not {@linkplain #discount discounted}, with this one. From any thread. */
    long count(byte[] payload) {
        return bytes.addAndGet(payload.length);
    }

    /** It is handed on, or dropped. */
    void discount(byte[] payload) {
        bytes.addAndGet(-payload.length);
    }

    /** From any thread. Whether nobody takes yet: then {@link #takeAll} must be called, on the context. */
    boolean add(ReceivedMessage received) {
        arrived.add(received);
        return added.getAndIncrement() == 0;
    }

    /** What is thrown for one of them is thrown again after the last. */
    void takeAll(Consumer<ReceivedMessage> place) {
        RuntimeException thrown = null;
        int missed = added.get();
        do {
            for (ReceivedMessage next = arrived.poll(); next != null; next = arrived.poll()) {
                try {
                    place.accept(next);
                } catch (RuntimeException e) {
                    thrown = e;
                }
            }
            missed = added.addAndGet(-missed);
        } while (missed != 0);
        if (thrown != null) {
            throw thrown;
        }
    }

    boolean isEmpty() {
        return arrived.isEmpty();
    }
}
