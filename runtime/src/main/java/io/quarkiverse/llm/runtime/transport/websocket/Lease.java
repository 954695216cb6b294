package io.quarkiverse.llm.runtime.transport.websocket;

import io.vertx.core.impl.ContextInternal;

/**
 * A connection in the hands of an exchange, for one sending of its message. What comes of it after that is of no interest. To
 * be used on the context of the exchange.
 */
final class Lease implements WebSocketConnection.Receiver {

    private final WebSocketExchange exchange;
    private final WebSocketConnection connection;
    private final boolean fresh;
    private final boolean far;
    private boolean paused;
    private boolean answering;
    private int taken;

    /**
     * @param fresh whether it was opened for this exchange
     */
    Lease(WebSocketExchange exchange, WebSocketConnection connection, boolean fresh) {
        this.exchange = exchange;
        this.connection = connection;
        this.fresh = fresh;
        this.far = connection.eventLoop() != exchange.context().nettyEventLoop();
    }

    WebSocketConnection connection() {
        return connection;
    }

    boolean isFresh() {
        return fresh;
    }

    void send(byte[] message, boolean nowPaused) {
        paused = nowPaused;
        connection.send(this, message, nowPaused);
    }

    @Override
    public ContextInternal context() {
        return exchange.context();
    }

    @Override
    public void handle(Message message) {
        if (exchange.isOf(this)) {
            exchange.received(message);
            taken++;
            if (!paused) {
                ask(Intake.WINDOW / 2);
            }
        }
    }

    /** Whether this answer has not begun and does not with this message, which is one of another. To be asked of each. */
    boolean isStray(Message message, AnswerBounds bounds) {
        if (answering) {
            return false;
        }
        if (bounds.isFirst(message.data(), message.offset(), message.length())) {
            connection.regular();
            answering = true;
        } else {
            answering = !connection.isRegular() && bounds.mayBeFirst(message.data(), message.offset(), message.length());
        }
        return !answering;
    }

    private void ask(int atLeast) {
        if (far && taken >= atLeast && exchange.isOf(this)) {
            connection.taken(this, taken);
            taken = 0;
        }
    }

    void pause() {
        paused = true;
        connection.pause(this);
    }

    void resume() {
        paused = false;
        connection.resume(this);
        ask(1);
    }

    @Override
    public void signOfLife() {
        if (exchange.isOf(this)) {
            exchange.signOfLife();
        }
    }

    @Override
    public void closed(Throwable why) {
        if (exchange.isOf(this)) {
            exchange.closed(why);
        }
    }

    /** An idle connection may have gone while it was handed over: then another one does as well. */
    @Override
    public void unsent(Throwable why) {
        if (!exchange.isOf(this)) {
            return;
        }
        if (fresh) {
            exchange.closed(why);
        } else {
            exchange.unsent(why);
        }
    }

    /** Nothing was sent, or the server has ended its answer: the connection goes back. */
    void done() {
        connection.done(this);
    }

    /** The connection closes. */
    void abort() {
        connection.abort(this);
    }
}
