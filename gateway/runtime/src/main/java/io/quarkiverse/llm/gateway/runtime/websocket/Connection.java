package io.quarkiverse.llm.gateway.runtime.websocket;

import java.util.function.BiConsumer;
import java.util.function.Consumer;

import io.netty.handler.codec.compression.DecompressionException;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.quarkiverse.llm.gateway.runtime.access.Caller;
import io.quarkiverse.llm.gateway.runtime.answer.RefusedException;
import io.quarkus.vertx.core.runtime.context.VertxContextSafetyToggle;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.impl.ContextInternal;

/**
 * One WebSocket of a client: its requests, on lanes, and its life. An error is the answer to one request and leaves the
 * connection as it is. All is done on its event loop; {@link #retire} and {@link #close} may be called from any thread.
 */
final class Connection implements IncomingMessages.Receiver, ConnectionTimers.Events {

    /** What is longer than that holds up all others on the event loop. */
    private static final int MOST_ON_EVENT_LOOP = 256 * 1024;
    private static final short TOO_SLOW = 1008;
    private static final short TOO_LARGE = 1009;

    private final ContextInternal context;
    private final ServerWebSocket socket;
    private final WebSocketLimits limits;
    private final Caller caller;
    private final BiConsumer<LaneExchange, Buffer> reader;
    private final Consumer<Connection> whenClosed;
    private final FrameOut out;
    private final Lanes lanes;
    private final ConnectionTimers timers;
    private final RecentResponses recent;
    private boolean gone;
    private RefusedException retired;
    private String reason;

    /**
     * @param reader begins to answer a request
     */
    Connection(ContextInternal context, ServerWebSocket socket, FrameOut out, WebSocketLimits limits, Caller caller,
            BiConsumer<LaneExchange, Buffer> reader, Consumer<Connection> whenClosed) {
        this.context = context.unwrap();
        this.socket = socket;
        this.limits = limits;
        this.caller = caller;
        this.reader = reader;
        this.whenClosed = whenClosed;
        this.out = out;
        this.lanes = new Lanes(limits);
        this.recent = new RecentResponses(limits.memory(), limits.longest());
        this.timers = new ConnectionTimers(this.context.owner(), limits, this);
    }

    void open() {
        IncomingMessages messages = new IncomingMessages(context.owner(), limits, this);
        socket.frameHandler(frame -> {
            timers.signOfLife();
            if (!gone) {
                messages.frame(frame);
            }
        });
        socket.exceptionHandler(this::broken);
        socket.closeHandler(closed -> {
            messages.stop();
            gone();
        });
        timers.start();
    }

    Caller caller() {
        return caller;
    }

    FrameOut out() {
        return out;
    }

    RecentResponses recent() {
        return recent;
    }

    boolean isGone() {
        return gone || socket.isClosed();
    }

    // what comes

    @Override
    public void text(Buffer message, int taken) {
        if (message.length() <= MOST_ON_EVENT_LOOP) {
            take(Frame.of(message), taken);
            return;
        }
        socket.pause();
        context.executeBlocking(() -> Frame.of(message), false).onComplete(read -> {
            take(read.result(), taken);
            if (!isGone()) {
                socket.resume();
            }
        });
    }

    @Override
    public void noText() {
        take(Frame.binary(), 0);
    }

    @Override
    public void refused(RefusedException why) {
        take(Frame.refused(why), 0);
    }

    @Override
    public void tooLarge() {
        close(TOO_LARGE, "A message must not be longer than " + limits.longest() + " bytes");
    }

    @Override
    public void tooSlow() {
        close(TOO_SLOW, "A message must arrive within " + limits.messageTime().toMillis() + " ms");
    }

    private void take(Frame frame, int taken) {
        if (isGone()) {
            limits.room().give(taken);
            return;
        }
        ContextInternal own = context.duplicate();
        VertxContextSafetyToggle.setContextSafe(own, true);
        own.dispatch(there -> {
            LaneExchange exchange = new LaneExchange(own, this, frame, taken);
            timers.busy();
            if (retired != null) {
                exchange.fail(retired);
            } else {
                lanes.add(exchange);
            }
        });
    }

    /** The turn of a request has come. */
    void begin(LaneExchange exchange, Buffer body) {
        exchange.context().dispatch(there -> reader.accept(exchange, body));
    }

    /** It has its answer. */
    void ended(LaneExchange exchange, int taken) {
        limits.room().give(taken);
        // later, when its end is told and nobody is in the middle of it
        context.runOnContext(there -> {
            lanes.ended(exchange);
            if (lanes.isIdle() && !isGone()) {
                timers.idle();
                closeIfRetired();
            }
        });
    }

    // its life

    /** Takes no more requests, and ends when those have ended that it has. */
    void retire(RefusedException why, String closeReason) {
        context.emit(here -> {
            if (retired == null) {
                retired = why;
                reason = closeReason;
                closeIfRetired();
            }
        });
    }

    private void closeIfRetired() {
        if (retired != null && lanes.isIdle()) {
            close(OpenWebSockets.GOING_AWAY, reason);
        }
    }

    void close(short code, String closeReason) {
        context.emit(here -> {
            if (!isGone()) {
                out.flush();
                socket.close(code, closeReason);
                gone();
            }
        });
    }

    /** Whatever is still to go out. */
    void abort() {
        out.closeChannel();
        gone();
    }

    private void broken(Throwable cause) {
        if (cause instanceof CorruptedWebSocketFrameException corrupted && !socket.isClosed()) {
            socket.close((short) corrupted.closeStatus().code(), corrupted.closeStatus().reasonText());
        } else if (cause instanceof DecompressionException) {
            tooLarge();
        }
    }

    private void gone() {
        if (!gone) {
            gone = true;
            timers.stop();
            lanes.leave();
            recent.clear();
            whenClosed.accept(this);
        }
    }

    @Override
    public void ping() {
        out.ping();
    }

    @Override
    public boolean isStuck() {
        return out.isFull();
    }

    @Override
    public void dead() {
        abort();
    }

    @Override
    public void unused() {
        close(OpenWebSockets.GOING_AWAY, "idle");
    }

    @Override
    public void old() {
        retire(RefusedException.connectionLimit(limits.lifetime()), "websocket_connection_limit_reached");
    }
}
