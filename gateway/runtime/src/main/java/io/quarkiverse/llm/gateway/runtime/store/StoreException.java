package io.quarkiverse.llm.gateway.runtime.store;

import java.util.Objects;

/** The store could not do it. Neither the message nor what a client may be told of it has a host or a key. */
public final class StoreException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Why not. */
    public enum Reason {
        /** The store could not be reached or did not answer in time; it may work again soon. */
        UNAVAILABLE,
        /** There is no room for that, now or ever. */
        TOO_LARGE
    }

    private final Reason reason;

    /**
     * @param message a sentence without hosts, keys and values
     */
    public StoreException(Reason reason, String message) {
        super(message, null, false, false);
        this.reason = Objects.requireNonNull(reason);
    }

    public Reason reason() {
        return reason;
    }
}
