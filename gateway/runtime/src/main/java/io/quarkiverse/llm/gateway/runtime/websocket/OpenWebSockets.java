package io.quarkiverse.llm.gateway.runtime.websocket;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.netty.channel.ChannelHandlerContext;
import io.quarkiverse.llm.gateway.runtime.access.Caller;
import io.quarkiverse.llm.gateway.runtime.answer.RefusedException;
import io.quarkiverse.llm.gateway.runtime.answer.RequestReader;
import io.quarkiverse.llm.gateway.runtime.limits.WebSocketTicket;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.impl.ContextInternal;

/** All WebSockets that are open. Thread-safe. */
public final class OpenWebSockets {

    /** Clients that know it connect again. */
    static final short GOING_AWAY = 1001;

    private final RequestReader reader;
    private final WebSocketLimits limits;
    private final Set<Connection> open = ConcurrentHashMap.newKeySet();
    private final Promise<Void> allClosed = Promise.promise();
    private volatile boolean closing;

    /**
     * @param reader answers each request
     */
    public OpenWebSockets(RequestReader reader, WebSocketLimits limits) {
        this.reader = reader;
        this.limits = limits;
    }

    /**
     * Serves one from now on. To be called on its event loop, before anything of it is read.
     *
     * @param channel that it is on
     * @param via the gateways that it has come through, this one among them
     * @param caller who has opened it
     * @param ticket is closed with it
     */
    public void serve(ServerWebSocket socket, ChannelHandlerContext channel, String via, Caller caller,
            WebSocketTicket ticket) {
        Connection connection = new Connection(ContextInternal.current(), socket, new FrameOut(socket, channel), limits, caller,
                (exchange, body) -> exchange.attempt(() -> reader.read(exchange, via, body)), closed -> {
                    ticket.close();
                    forget(closed);
                });
        BoundedInflation.apply(channel.pipeline(), limits.longest());
        open.add(connection);
        connection.open();
        if (closing) {
            connection.retire(RefusedException.shuttingDown(), "shutting down");
        }
    }

    /** How many there are. */
    public int count() {
        return open.size();
    }

    /**
     * Closes each when what it has under way has ended. Requests that come now are refused.
     *
     * @return completes when none is open any more
     */
    public Future<Void> retire() {
        closing = true;
        open.forEach(connection -> connection.retire(RefusedException.shuttingDown(), "shutting down"));
        completeWhenNone();
        return allClosed.future();
    }

    /** Closes each, whatever it has under way. */
    public void close() {
        closing = true;
        open.forEach(connection -> connection.close(GOING_AWAY, "shutting down"));
    }

    private void forget(Connection connection) {
        open.remove(connection);
        completeWhenNone();
    }

    private void completeWhenNone() {
        if (closing && open.isEmpty()) {
            allClosed.tryComplete();
        }
    }
}
