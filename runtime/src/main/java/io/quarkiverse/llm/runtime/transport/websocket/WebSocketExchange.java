package io.quarkiverse.llm.runtime.transport.websocket;

import java.util.Map;
import java.util.Optional;

import io.netty.channel.EventLoop;
import io.quarkiverse.llm.LlmException;
import io.quarkiverse.llm.LlmTimeoutException.Limit;
import io.quarkiverse.llm.runtime.transport.Exchange;
import io.quarkiverse.llm.runtime.transport.ExchangeListener;
import io.quarkiverse.llm.runtime.transport.Head;
import io.quarkiverse.llm.runtime.transport.HowItEnded;
import io.quarkiverse.llm.runtime.transport.OutgoingRequest;
import io.quarkiverse.llm.runtime.transport.TimeLimit;
import io.quarkiverse.llm.runtime.transport.Watchdog;
import io.vertx.core.AsyncResult;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.impl.ContextInternal;

/**
 * One request and its answer over a WebSocket: waits for a connection, or opens one, sends the message and reads the answer. A
 * refused upgrade is an answer of HTTP. Each message is an event without a name; the listener hears of no {@code end()} after
 * events, but that which was {@link #expectEnd expected}: who reads the last event releases the exchange. What is released or
 * cancelled before the last event of its answer closes the connection, unless the rest is short and comes soon.
 */
public final class WebSocketExchange implements Exchange, ConnectionPool.Waiter<WebSocketConnection> {

    /** How much is read of the rest of an answer that nobody wants, for the sake of its connection. */
    private static final int MOST_OF_REST = 64 * 1024;

    private final WebSocketTransport transport;
    private final ContextInternal context;
    private final WebSocketRequest request;
    private final Handshake handshake;
    private final ExchangeListener listener;
    private final Watchdog watchdog;
    private final MessageTap tap;

    private boolean opening = true;
    private boolean inside;
    private boolean connecting;
    private boolean over;
    private boolean paused;
    private boolean released;
    private boolean ending;
    /** Whether the listener knows the head. */
    private boolean answered;
    private Runnable held;
    private Lease lease;

    /** Of the answer to what was sent last. */
    private boolean sent;
    private boolean begun;
    private Message last;
    private long received;

    WebSocketExchange(WebSocketTransport transport, ContextInternal context, WebSocketRequest request,
            ExchangeListener listener) {
        this.transport = transport;
        this.context = context;
        this.request = request;
        this.handshake = Handshake.of(request.outgoing());
        this.listener = listener;
        this.watchdog = new Watchdog(context, this::expired);
        this.tap = new MessageTap(transport.taps(), request.outgoing(), handshake);
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
        return request.frames();
    }

    private OutgoingRequest outgoing() {
        return request.outgoing();
    }

    /**
     * @param accepted whether the transport takes requests at all
     */
    void start(boolean accepted) {
        if (!accepted) {
            over = true;
            context.runOnContext(later -> tell(transport.failures().closed()));
            return;
        }
        watchdog.limitTotal(outgoing());
        ConnectionPool.Entry<WebSocketConnection> entry = transport.pool().enter(this);
        switch (entry.outcome()) {
            case ENTERED -> enter(entry.connection());
            case QUEUED_FIRST -> {
                transport.log().queueing();
                watchdog.watch(new TimeLimit(Limit.ACQUIRE, outgoing().limits().acquire()));
            }
            case QUEUED -> watchdog.watch(new TimeLimit(Limit.ACQUIRE, outgoing().limits().acquire()));
            case TOO_MANY -> fail(transport.failures().queueFull());
            case TOO_LARGE -> fail(transport.webSocketFailures().tooManyBytesQueued());
        }
        opening = false;
    }

    @Override
    public void entered(Optional<WebSocketConnection> connection) {
        context.runOnContext(there -> {
            if (!over) {
                enter(connection);
            } else if (connection.isPresent()) {
                connection.get().giveBack();
            } else {
                transport.pool().leave();
            }
        });
    }

    private void enter(Optional<WebSocketConnection> connection) {
        inside = true;
        if (connection.isPresent()) {
            send(new Lease(connection.get(), false));
        } else {
            connect();
        }
    }

    private void connect() {
        watchdog.watch(new TimeLimit(Limit.CONNECT, outgoing().limits().connect()));
        try {
            connecting = true;
            transport.clients().open(context, handshake, outgoing().limits(), this::connected);
        } catch (IllegalArgumentException e) {
            connecting = false;
            fail(transport.failures().badRequest(e));
        } catch (RuntimeException e) {
            connecting = false;
            fail(e);
        }
    }

    private void connected(AsyncResult<WebSocketConnection> opened) {
        connecting = false;
        if (over && opened.succeeded()) {
            opened.result().giveBack();
        } else if (over) {
            transport.pool().leave();
        } else if (opened.succeeded()) {
            send(new Lease(opened.result(), true));
        } else if (opened.cause() instanceof UpgradeRejectedException refusal) {
            whenRead(() -> refused(refusal));
        } else {
            fail(opened.cause());
        }
    }

    private void whenRead(Runnable action) {
        if (paused) {
            held = action;
        } else {
            action.run();
        }
    }

    private void refused(UpgradeRejectedException refusal) {
        byte[] body = refusal.getBody() == null ? new byte[0] : refusal.getBody().getBytes();
        if (refusal.getStatus() / 100 == 2) {
            fail(transport.webSocketFailures().noUpgrade(refusal.getStatus()));
        } else if (body.length > transport.settings().sizeLimits().maxResponseSize()) {
            fail(transport.failures().responseTooLarge());
        } else {
            ending = true;
            Head head = new Head("HTTP/1.1", refusal.getStatus(), Head.headers(refusal.getHeaders()));
            try {
                tap.refused(head, body);
                answered = true;
                listener.head(head.status(), head.headers());
                if (!over && !released) {
                    listener.body(body, 0, body.length);
                }
                if (!over && !released) {
                    listener.end();
                }
            } catch (Throwable t) {
                fail(t);
            }
            stop(HowItEnded.END);
        }
    }

    private void send(Lease next) {
        lease = next;
        byte[] message;
        try {
            message = request.frames().frame(next.connection.attachment());
            if (message.length > transport.settings().webSocket().maxMessageSize()) {
                throw transport.webSocketFailures().requestTooLarge(message.length);
            }
        } catch (Throwable t) {
            fail(t);
            return;
        }
        if (outgoing().stream()) {
            watchdog.watch(new TimeLimit(Limit.FIRST_EVENT, outgoing().limits().firstEvent()));
        } else {
            watchdog.watchNothing();
        }
        tap.sent(message);
        sent = true;
        next.connection.send(next, message, paused);
    }

    private void received(Message message) {
        received += message.length();
        last = message;
        if (released) {
            tap.event(message);
            if (received > MOST_OF_REST || isWhole()) {
                stop(HowItEnded.RELEASED);
            }
            return;
        }
        if (received > transport.settings().sizeLimits().maxResponseSize()) {
            fail(transport.failures().responseTooLarge());
            return;
        }
        try {
            if (begun) {
                watchdog.signOfLife();
            } else if (isOfAnother(message)) {
                reconnect();
                return;
            } else {
                begin();
            }
            if (!over && !released) {
                tap.event(message);
                listener.event("", message.data(), message.offset(), message.length());
            }
        } catch (Throwable t) {
            fail(t);
        }
    }

    /** Whether it is a late one of the answer before. */
    private boolean isOfAnother(Message message) {
        if (transport.bounds().isFirst(message.data(), message.offset(), message.length())) {
            lease.connection.regular();
            return false;
        }
        return lease.connection.isRegular();
    }

    private void begin() {
        begun = true;
        if (outgoing().stream()) {
            watchdog.watch(new TimeLimit(Limit.IDLE, outgoing().limits().idle()));
        }
        Map<String, String> headers = MessageTap.headers(lease.connection.headers());
        tap.head(headers);
        if (!answered) {
            answered = true;
            listener.head(MessageTap.OK, headers);
        }
    }

    /** Whether the server has ended its answer. */
    private boolean isWhole() {
        return last != null && transport.bounds().isLast(last.data(), last.offset(), last.length());
    }

    /** Ends as a stream does that is whole but for its end. */
    private void complete() {
        ending = true;
        try {
            listener.end();
        } catch (Throwable t) {
            fail(t);
        }
        stop(HowItEnded.RELEASED);
    }

    private void expired(TimeLimit limit) {
        if (over) {
            return;
        }
        if (released) {
            stop(HowItEnded.RELEASED);
        } else if (limit.failure() == null) {
            complete();
        } else {
            fail(transport.failures().timeout(limit.failure(), limit.span()));
        }
    }

    private void fail(Throwable cause) {
        if (opening) {
            context.runOnContext(later -> fail(cause));
        } else if (!over) {
            LlmException failure = transport.failures().of(cause, lease != null, begun, outgoing().limits().connect());
            stop(HowItEnded.failed(failure, sent));
            tell(failure);
        } else if (ending) {
            transport.log().lost(cause);
        }
    }

    private void tell(LlmException failure) {
        try {
            listener.failed(failure);
        } catch (Throwable t) {
            transport.log().lost(t);
        }
    }

    /**
     * The exchange is over: frees everything. Its place in the pool goes back with a connection on which nothing is under way,
     * or without; while one is opening, it stays until that is open.
     *
     * @param how of {@link HowItEnded}
     */
    private void stop(String how) {
        if (over) {
            return;
        }
        over = true;
        tap.ended(how);
        watchdog.stop();
        if (lease != null) {
            lease.end();
        } else if (!inside) {
            transport.pool().giveUp(this);
        } else if (!connecting) {
            transport.pool().leave();
        }
        transport.underWay().over();
    }

    /**
     * Asks the source for the message again and sends it once more: after the server has ended its answer on the same
     * connection, else on a new one. For answers of which nothing was handed on; the listener hears the events of the next
     * answer as if they were of this, without a head. Does nothing when there is no connection.
     */
    public void resend() {
        if (lease != null && !isWhole()) {
            reconnect();
        } else if (mayResend()) {
            again();
            send(new Lease(lease.connection, false));
        }
    }

    /** As {@link #resend()}, on a new connection. The present one is closed. */
    public void reconnect() {
        if (mayResend()) {
            lease.connection.abort(lease);
            lease = null;
            again();
            connect();
        }
    }

    private boolean mayResend() {
        return !over && !released && lease != null;
    }

    private void again() {
        tap.again(isWhole() ? HowItEnded.END : HowItEnded.CANCELLED);
        sent = false;
        begun = false;
        last = null;
        received = 0;
    }

    @Override
    public void pause() {
        if (over || paused || released) {
            return;
        }
        paused = true;
        watchdog.pause();
        if (lease != null) {
            lease.connection.pause(lease);
        }
    }

    @Override
    public void resume() {
        if (over || !paused) {
            return;
        }
        paused = false;
        watchdog.resume();
        if (lease != null) {
            lease.resume();
        }
        if (held != null) {
            Runnable action = held;
            held = null;
            action.run();
        }
    }

    @Override
    public void expectEnd(boolean expected) {
        if (!over && !released && outgoing().limits().idle().compareTo(TimeLimit.QUIET_END.span()) > 0) {
            watchdog.watch(expected ? TimeLimit.QUIET_END : new TimeLimit(Limit.IDLE, outgoing().limits().idle()));
        }
    }

    @Override
    public void release() {
        if (over || released) {
            return;
        }
        if (ending || isWhole()) {
            stop(HowItEnded.END);
            return;
        }
        if (!sent) {
            stop(HowItEnded.CANCELLED);
            return;
        }
        released = true;
        received = 0;
        watchdog.watch(TimeLimit.REST);
        resume();
    }

    @Override
    public void cancel() {
        stop(isWhole() ? HowItEnded.END : HowItEnded.CANCELLED);
    }

    @Override
    public void abandon(Throwable why) {
        stop(isWhole() ? HowItEnded.END : HowItEnded.failed(why, sent));
    }

    @Override
    public Exchange replace(Throwable why, OutgoingRequest next, ExchangeListener nextListener) {
        if (over || !inside) {
            abandon(why);
            return transport.open(context, next, nextListener);
        }
        WebSocketExchange other = new WebSocketExchange(transport, context, WebSocketRequest.of(next), nextListener);
        transport.underWay().beginAnother();
        transport.pool().squeezeIn();
        abandon(why);
        other.inside = true;
        other.watchdog.limitTotal(next);
        other.connect();
        other.opening = false;
        return other;
    }

    /** A connection, for one sending of the message. What comes of it later is of no interest. */
    private final class Lease implements WebSocketConnection.Receiver {

        private final WebSocketConnection connection;
        /** Whether it was opened for this. */
        private final boolean fresh;
        private final boolean far;
        private int taken;

        Lease(WebSocketConnection connection, boolean fresh) {
            this.connection = connection;
            this.fresh = fresh;
            this.far = connection.eventLoop() != eventLoop();
        }

        @Override
        public ContextInternal context() {
            return context;
        }

        private boolean isPast() {
            return over || lease != this;
        }

        @Override
        public void handle(Message message) {
            if (isPast()) {
                return;
            }
            received(message);
            taken++;
            if (!paused) {
                ask(WebSocketConnection.WINDOW / 2);
            }
        }

        private void ask(int atLeast) {
            if (far && taken >= atLeast && !isPast()) {
                connection.taken(this, taken);
                taken = 0;
            }
        }

        void resume() {
            connection.resume(this);
            ask(1);
        }

        @Override
        public void signOfLife() {
            if (!isPast() && begun) {
                watchdog.signOfLife();
            }
        }

        @Override
        public void closed(Throwable why) {
            if (isPast()) {
                return;
            }
            if (released) {
                stop(HowItEnded.RELEASED);
            } else {
                fail(why);
            }
        }

        @Override
        public void unsent(Throwable why) {
            if (isPast()) {
                return;
            }
            if (fresh || released) {
                closed(why);
                return;
            }
            lease = null;
            tap.again(HowItEnded.failed(why, false));
            sent = false;
            connect();
        }

        void end() {
            if (!sent) {
                connection.giveBack();
            } else if (isWhole()) {
                connection.done(this);
            } else {
                connection.abort(this);
                transport.pool().leave();
            }
        }
    }
}
