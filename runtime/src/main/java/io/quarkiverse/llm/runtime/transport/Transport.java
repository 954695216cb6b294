package io.quarkiverse.llm.runtime.transport;

import io.vertx.core.Context;
import io.vertx.core.Future;

/** A way to exchange requests and answers with one server. Thread-safe. */
public interface Transport {

    /**
     * Begins an exchange. Everything of it happens on the given event-loop context, the calls of the listener too; must be
     * called on it. The listener is not called before this method has returned.
     */
    Exchange open(Context context, OutgoingRequest request, ExchangeListener listener);

    /** Takes no further exchanges; the ones under way finish, and their connections close as they become idle. */
    Future<Void> close();

    /**
     * Another transport takes the place of this one. As {@link #close()}, except that exchanges which come late are still
     * taken:
     * requests that were on their way already, and look-ups of what was begun here. The connections close whenever no exchange
     * is under way.
     *
     * @return done when that is so for the first time
     */
    default Future<Void> retire() {
        return close();
    }
}
