package io.quarkiverse.llm.runtime.transport.websocket;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Which idle connection a request takes, of those with its credentials:
 * <ol>
 * <li>the one whose server knows most of the request;</li>
 * <li>one of the caller's event loop that holds no conversation, or none that went on lately;</li>
 * <li>a new one, if there may be one more;</li>
 * <li>one of another event loop that holds no conversation, or none that went on lately;</li>
 * <li>the one whose conversation has waited longest, of the caller's event loop if there is any.</li>
 * </ol>
 * A conversation is left its connection for a while: agents come back from their tools within seconds, and two that take
 * turns on one connection would send everything anew each time. After that a connection is worth more than a handshake.
 * <p>
 * Looks at each idle connection once, with the pool locked.
 *
 * @param <C> the connections
 */
final class ConnectionChoice<C extends Pooled> {

    private final ConnectionPool.Waiter<C> request;
    private C knowing;
    private int known;
    private boolean knowingIsNear;
    private final Kinds near = new Kinds();
    private final Kinds far = new Kinds();

    /** Of the connections of some event loops. */
    private final class Kinds {

        /** The last one, so that those that are not needed stay idle, and go. */
        private C free;
        private C left;
        private C longest;

        private C better() {
            return free != null ? free : left;
        }
    }

    /**
     * @param idle those with its credentials, and since when: the longest idle first
     * @param leftFor how long a connection is left to its conversation, while there may be new ones
     */
    ConnectionChoice(Map<C, Long> idle, ConnectionPool.Waiter<C> request, Duration leftFor, long now) {
        this.request = request;
        long latest = now - leftFor.toNanos();
        for (Map.Entry<C, Long> entry : idle.entrySet()) {
            look(entry.getKey(), entry.getValue() - latest <= 0);
        }
    }

    private void look(C connection, boolean isLeft) {
        boolean isNear = connection.eventLoop() == request.eventLoop();
        Kinds kinds = isNear ? near : far;
        if (kinds.longest == null) {
            kinds.longest = connection;
        }
        if (connection.attachment().isEmpty()) {
            kinds.free = connection;
            return;
        }
        if (isLeft && kinds.left == null) {
            kinds.left = connection;
        }
        int much = request.frames().known(connection.attachment());
        if (much > known || much == known && much > 0 && isNear && !knowingIsNear) {
            knowing = connection;
            known = much;
            knowingIsNear = isNear;
        }
    }

    /** One to be preferred to a new one. */
    Optional<C> better() {
        return Optional.ofNullable(knowing != null ? knowing : near.better());
    }

    /** One to be taken when there may be no new one. */
    Optional<C> fair() {
        C chosen = far.better();
        if (chosen == null) {
            chosen = near.longest != null ? near.longest : far.longest;
        }
        return Optional.ofNullable(chosen);
    }
}
