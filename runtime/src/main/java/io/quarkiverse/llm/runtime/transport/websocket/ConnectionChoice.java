package io.quarkiverse.llm.runtime.transport.websocket;

import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Which idle connection a request takes, of those with its credentials:
 * <ol>
 * <li>the one whose server knows most of the request;</li>
 * <li>one of the caller's event loop that holds no conversation, or none that went on lately;</li>
 * <li>a new one, if there may be one more;</li>
 * <li>one of another event loop that holds no conversation;</li>
 * <li>the one whose conversation has waited longest.</li>
 * </ol>
 * A conversation is left its connection for a while: agents come back from their tools within seconds, and two that take
 * turns on one connection would send everything anew each time. After that a connection is worth more than a handshake.
 *
 * @param <C> the connections
 */
final class ConnectionChoice<C extends Pooled> {

    private final Map<C, Long> idle;
    private final ConnectionPool.Waiter<C> request;

    /**
     * @param idle since when, the longest idle first
     */
    ConnectionChoice(Map<C, Long> idle, ConnectionPool.Waiter<C> request) {
        this.idle = idle;
        this.request = request;
    }

    private Stream<C> own() {
        return idle.keySet().stream().filter(connection -> connection.handshake().equals(request.handshake()));
    }

    private boolean isNear(C connection) {
        return connection.eventLoop() == request.eventLoop();
    }

    private static boolean isFree(Pooled connection) {
        return connection.attachment().isEmpty();
    }

    /** One to be preferred to a new one. */
    Optional<C> better(Duration leftFor, long now) {
        Predicate<C> left = connection -> now - idle.get(connection) >= leftFor.toNanos();
        return knowing().or(() -> last(own().filter(this::isNear).filter(ConnectionChoice::isFree)))
                .or(() -> own().filter(this::isNear).filter(left).findFirst());
    }

    /** One to be taken when there may be no new one. */
    Optional<C> fair() {
        return last(own().filter(ConnectionChoice::isFree)).or(() -> own().findFirst());
    }

    private Optional<C> knowing() {
        record Known<C>(C connection, int much, boolean near) {
        }
        return own().filter(connection -> !isFree(connection))
                .map(connection -> new Known<>(connection, request.frames().known(connection.attachment()), isNear(connection)))
                .filter(known -> known.much() > 0)
                .max(Comparator.<Known<C>> comparingInt(Known::much).thenComparing(Known::near))
                .map(Known::connection);
    }

    /** So that those that are not needed stay idle, and go. */
    private Optional<C> last(Stream<C> connections) {
        return connections.reduce((first, second) -> second);
    }
}
