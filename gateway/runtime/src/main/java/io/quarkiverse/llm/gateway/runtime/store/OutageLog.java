package io.quarkiverse.llm.gateway.runtime.store;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;

import org.jboss.logging.Logger;

/** Tells once that the store fails and why, and once that it works again; not more often than once in a minute. Thread-safe. */
final class OutageLog {

    private static final Logger LOG = Logger.getLogger(StateStore.class);
    private static final long PAUSE = TimeUnit.MINUTES.toNanos(1);

    /** What Redis and its client say of keys that are not on one node. */
    private static final String ONE_SLOT = "CROSSSLOT";

    private final LongSupplier nanos;
    private final AtomicReference<State> state = new AtomicReference<>(State.WORKS);
    private final AtomicLong told;

    /** Of the store, as it was told. */
    private enum State {
        WORKS,
        FAILS
    }

    OutageLog() {
        this(System::nanoTime);
    }

    OutageLog(LongSupplier nanos) {
        this.nanos = nanos;
        this.told = new AtomicLong(nanos.getAsLong() - PAUSE);
    }

    /**
     * @param cause may name hosts, and have keys and values that are not told
     */
    void fails(Throwable cause) {
        long last = told.get();
        long now = nanos.getAsLong();
        if (now - last >= PAUSE && state.compareAndSet(State.WORKS, State.FAILS) && told.compareAndSet(last, now)) {
            LOG.warnf("Redis, which keeps the responses of the gateway, fails: %s. Until it works again, nothing is stored"
                    + " and nothing that was stored can be read", reason(cause));
        }
        if (LOG.isDebugEnabled()) {
            LOG.debugf("Redis failed: %s", reason(cause));
        }
    }

    /** Some of the client's messages have the whole command in them, keys and values, from the first end of a line on. */
    private static String reason(Throwable cause) {
        String message = String.valueOf(cause.getMessage());
        String reason = cause.getClass().getSimpleName() + ": " + message.lines().findFirst().orElse("");
        return message.contains(ONE_SLOT) ? reason + "... In a cluster, quarkus.llm-gateway.store.key-prefix must have braces,"
                + " such as {quarkus-llm}:" : reason;
    }

    void works() {
        if (state.get() == State.FAILS && state.compareAndSet(State.FAILS, State.WORKS)) {
            LOG.info("Redis, which keeps the responses of the gateway, works again");
        }
    }
}
