package io.quarkiverse.llm.runtime.transport.websocket;

import java.util.Map;

import io.quarkiverse.llm.LlmException;
import io.quarkiverse.llm.runtime.transport.Exchange;
import io.quarkiverse.llm.runtime.transport.ExchangeListener;
import io.quarkiverse.llm.runtime.transport.HowItEnded;
import io.quarkiverse.llm.runtime.transport.OutgoingRequest;
import io.quarkiverse.llm.runtime.transport.TimeLimit;
import io.quarkiverse.llm.runtime.transport.Watchdog;
import io.vertx.core.impl.ContextInternal;

/**
 * One request and its answer over a WebSocket: waits for a connection, or opens one, sends the message and reads the answer. A
 * refused upgrade is an answer of HTTP. Each message is an event without a name; the listener hears of no {@code end()} after
 * events, but that which was {@link #expectEnd expected}: who reads the last event releases the exchange. What is released or
 * cancelled before the last event of its answer closes the connection, unless the rest is short and comes soon.
 */
public final class WebSocketExchange implements Exchange {

    /** How much is read of the rest of an answer that nobody wants, for the sake of its connection. */
    private static final int MOST_OF_REST = 64 * 1024;

    private final WebSocketTransport transport;
    private final ContextInternal context;
    private final WebSocketRequest request;
    private final Place place;
    private final ExchangeListener listener;
    private final Watchdog watchdog;
    private final MessageTap tap;

    private boolean opening = true;
    private boolean over;
    private boolean paused;
    private boolean released;
    private boolean ending;
    /** Whether the listener knows the head. */
    private boolean answered;
    /** Until it is wanted. */
    private Refusal held;
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
        this.listener = listener;
        this.watchdog = new Watchdog(context, request.outgoing(), this::expired);
        Handshake handshake = Handshake.of(request.outgoing());
        this.place = new Place(transport, request, handshake, watchdog, this);
        this.tap = new MessageTap(transport.taps(), request.outgoing(), handshake);
    }

    ContextInternal context() {
        return context;
    }

    /** Whether it is still about this one. */
    boolean isOf(Lease one) {
        return !over && lease == one;
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
        watchdog.limitTotal();
        place.enter();
        opening = false;
    }

    /** There is an answer, though no WebSocket. */
    void refused(Refusal refusal) {
        if (paused) {
            held = refusal;
            return;
        }
        ending = true;
        try {
            transport.webSocketFailures().requireAnswer(refusal);
            tap.refused(refusal);
            listener.head(refusal.head().status(), refusal.head().headers());
            if (!over) {
                listener.body(refusal.body(), 0, refusal.body().length);
            }
            if (!over) {
                listener.end();
            }
        } catch (Throwable t) {
            fail(t);
        }
        stop(HowItEnded.END);
    }

    /**
     * @param fresh whether it was opened for this
     */
    void connected(WebSocketConnection connection, boolean fresh) {
        lease = new Lease(this, connection, fresh);
        byte[] message;
        try {
            message = request.frames().frame(connection.attachment());
            if (message.length > transport.settings().webSocket().maxMessageSize()) {
                throw transport.webSocketFailures().requestTooLarge(message.length);
            }
        } catch (Throwable t) {
            fail(t);
            return;
        }
        watchdog.sent();
        tap.sent(message);
        sent = true;
        lease.send(message, paused);
    }

    void received(Message message) {
        if (!begun && transport.bounds().isAside(message.data(), message.offset(), message.length())) {
            return;
        }
        if (lease.isStray(message, transport.bounds())) {
            stray();
            return;
        }
        received += message.length();
        last = message;
        if (released) {
            tap.event(message);
            if (received > MOST_OF_REST || isWhole()) {
                stop(HowItEnded.RELEASED);
            }
            return;
        }
        try {
            if (received > transport.settings().sizeLimits().maxResponseSize()) {
                throw transport.failures().responseTooLarge();
            }
            if (begun) {
                watchdog.signOfLife();
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

    /** It may be a late one of the answer before; on a connection that had none, nobody knows what comes next. */
    private void stray() {
        if (released || lease.isFresh()) {
            closed(transport.webSocketFailures().stray());
        } else {
            reconnect();
        }
    }

    private void begin() {
        begun = true;
        watchdog.begun();
        Map<String, String> headers = MessageTap.headers(lease.connection().headers());
        tap.head(headers);
        if (!answered) {
            answered = true;
            listener.head(MessageTap.OK, headers);
        }
    }

    void signOfLife() {
        if (begun) {
            watchdog.signOfLife();
        }
    }

    void closed(Throwable why) {
        if (released) {
            stop(HowItEnded.RELEASED);
        } else {
            fail(why);
        }
    }

    /** The connection was none any more. */
    void unsent(Throwable why) {
        if (released) {
            stop(HowItEnded.RELEASED);
            return;
        }
        lease = null;
        sent = false;
        tap.again(HowItEnded.failed(why, false));
        place.open();
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

    void fail(Throwable cause) {
        if (opening) {
            context.runOnContext(later -> fail(cause));
        } else if (!over) {
            LlmException failure = transport.failures().of(cause, lease != null, begun, request.outgoing().limits().connect());
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
        if (lease == null) {
            place.leave();
        } else if (!sent || isWhole()) {
            lease.done();
        } else {
            lease.abort();
            place.leave();
        }
        transport.underWay().over();
    }

    /**
     * Asks the source for the message again and sends it once more: after the server has ended its answer on the same
     * connection, else on a new one. For answers of which nothing was handed on; the listener hears the events of the next
     * answer as if they were of this, without a head.
     *
     * @return whether it is under way again; not when there is no connection, as of a refused upgrade
     */
    public boolean resend() {
        if (!isWhole()) {
            return reconnect();
        }
        if (!mayResend()) {
            return false;
        }
        again();
        connected(lease.connection(), false);
        return true;
    }

    /** As {@link #resend()}, on a new connection. The present one is closed. */
    public boolean reconnect() {
        if (!mayResend()) {
            return false;
        }
        lease.abort();
        lease = null;
        again();
        place.open();
        return true;
    }

    /** Whether nothing came of the answer, on a connection that others had used: a close may have crossed the request. */
    public boolean mayHaveCrossedTheClose() {
        return lease != null && !lease.isFresh() && !begun;
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
            lease.pause();
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
            refused(held);
        }
    }

    @Override
    public void expectEnd(boolean expected) {
        if (!over && !released) {
            watchdog.expectEnd(expected);
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
        watchdog.released();
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

    /** Without its room, and so only while the transport takes exchanges: another message is a turn of its own. */
    @Override
    public Exchange replace(Throwable why, OutgoingRequest next, ExchangeListener nextListener) {
        abandon(why);
        return transport.open(context, next, nextListener);
    }
}
