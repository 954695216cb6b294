package io.quarkiverse.llm.gateway.runtime.store;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** The store in memory, for a test that wants to know what is left in it when its time is over. */
public final class SoakStore {

    private static final Duration TIME_TO_LIVE = Duration.ofHours(1);

    private final AtomicLong nanos = new AtomicLong();
    private final CaffeineStateStore store = new CaffeineStateStore(TIME_TO_LIVE, 1_000_000, 1_000_000_000, nanos::get);

    public StateStore store() {
        return store;
    }

    public long entries() {
        return store.count();
    }

    public long bytes() {
        return store.bytes();
    }

    /** All that is there now was not used for too long. */
    public void expireAll() {
        nanos.addAndGet(TIME_TO_LIVE.plusSeconds(1).toNanos());
    }
}
