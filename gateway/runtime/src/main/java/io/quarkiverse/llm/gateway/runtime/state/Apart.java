package io.quarkiverse.llm.gateway.runtime.state;

import java.util.Collection;
import java.util.function.Supplier;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;

/** Work that takes the longer the more there is, and is not done on an event loop where there is much. */
final class Apart {

    /** In bytes of JSON. What is longer holds up all others on the event loop. */
    private static final long MOST_ON_EVENT_LOOP = 256 * 1024;

    private Apart() {
    }

    /**
     * @param read what it is done with
     */
    static <T> Uni<T> with(Collection<byte[]> read, Supplier<T> work) {
        Uni<T> result = Uni.createFrom().item(work);
        return read.stream().mapToLong(bytes -> bytes.length).sum() <= MOST_ON_EVENT_LOOP ? result
                : result.runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
    }
}
