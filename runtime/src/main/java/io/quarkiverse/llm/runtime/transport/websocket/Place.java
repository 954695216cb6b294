package io.quarkiverse.llm.runtime.transport.websocket;

import java.util.Optional;

import io.netty.channel.EventLoop;
import io.quarkiverse.llm.runtime.config.TimeLimits;
import io.quarkiverse.llm.runtime.transport.Watchdog;
import io.vertx.core.AsyncResult;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.impl.ContextInternal;

/**
 * The place of an exchange in the pool: waits for it, opens connections with it, gives it back. While one is opening, the place
 * belongs to that: it cannot be called off. To be used on the context of the exchange, but for {@link #entered}.
 */
final class Place implements ConnectionPool.Waiter<WebSocketConnection> {

    private final WebSocketTransport transport;
    private final ContextInternal context;
    private final Handshake handshake;
    private final TimeLimits limits;
    private final FrameSource frames;
    private final boolean mayWait;
    private final Watchdog watchdog;
    private final WebSocketExchange exchange;
    private boolean taken;
    private boolean opening;
    private boolean over;

    Place(WebSocketTransport transport, WebSocketRequest request, Handshake handshake, Watchdog watchdog,
            WebSocketExchange exchange) {
        this.transport = transport;
        this.limits = request.outgoing().limits();
        this.frames = request.frames();
        this.mayWait = request.mayWait();
        this.handshake = handshake;
        this.watchdog = watchdog;
        this.exchange = exchange;
        this.context = exchange.context();
    }

    @Override
    public Handshake handshake() {
        return handshake;
    }

    @Override
    public EventLoop eventLoop() {
        return context.nettyEventLoop();
    }

    @Override
    public FrameSource frames() {
        return frames;
    }

    @Override
    public boolean mayWait() {
        return mayWait;
    }

    /** Asks for it. */
    void enter() {
        ConnectionPool.Entry<WebSocketConnection> entry = transport.pool().enter(this);
        switch (entry.outcome()) {
            case ENTERED -> take(entry.connection());
            case QUEUED_FIRST -> {
                transport.log().queueing();
                watchdog.waiting();
            }
            case QUEUED -> watchdog.waiting();
            case ALL_TAKEN -> exchange.fail(transport.webSocketFailures().allConnectionsTaken());
            case TOO_MANY -> exchange.fail(transport.failures().queueFull());
            case TOO_LARGE -> exchange.fail(transport.webSocketFailures().tooManyBytesQueued());
        }
    }

    @Override
    public void entered(Optional<WebSocketConnection> connection) {
        context.runOnContext(there -> {
            if (!over) {
                take(connection);
            } else if (connection.isPresent()) {
                connection.get().giveBack();
            } else {
                transport.pool().leave();
            }
        });
    }

    private void take(Optional<WebSocketConnection> connection) {
        taken = true;
        if (connection.isPresent()) {
            exchange.connected(connection.get(), false);
        } else {
            open();
        }
    }

    /** Opens a connection with a place that has none. */
    void open() {
        watchdog.connecting();
        opening = true;
        try {
            transport.clients().open(context, handshake, limits, this::opened);
        } catch (RuntimeException e) {
            opening = false;
            exchange.fail(e instanceof IllegalArgumentException ? transport.failures().badRequest(e) : e);
        }
    }

    private void opened(AsyncResult<WebSocketConnection> opened) {
        opening = false;
        if (over && opened.succeeded()) {
            opened.result().giveBack();
        } else if (over) {
            transport.pool().leave();
        } else if (opened.succeeded()) {
            exchange.connected(opened.result(), true);
        } else if (opened.cause() instanceof UpgradeRejectedException rejection) {
            exchange.refused(Refusal.of(rejection));
        } else {
            exchange.fail(opened.cause());
        }
    }

    /** Gives it back without a connection, or gives up waiting. */
    void leave() {
        over = true;
        if (!taken) {
            transport.pool().giveUp(this);
        } else if (!opening) {
            transport.pool().leave();
        }
    }
}
