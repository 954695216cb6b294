package io.quarkiverse.llm.runtime.transport.websocket;

import java.util.Map;

import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import io.quarkiverse.llm.runtime.transport.Head;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketFrame;
import io.vertx.core.http.WebSocketFrameType;
import io.vertx.core.http.impl.WebSocketInternal;
import io.vertx.core.http.impl.ws.WebSocketFrameImpl;
import io.vertx.core.impl.ContextInternal;

/**
 * One open WebSocket, with one request under way at a time. Its methods may be called on any thread; what they do they do
 * on its event loop, at once when called there, in order when not. What arrives for a request goes to the context of the
 * {@link Receiver}, likewise.
 */
final class WebSocketConnection implements Pooled, ConnectionTimer.Events {

    private static final short NORMAL = 1000;
    private static final short PROTOCOL_ERROR = 1002;
    private static final Buffer PING = Buffer.buffer(0);

    /** Who has sent a request, and takes what comes. All is called on its context; after the end of the request, too. */
    interface Receiver extends Handler<Message> {

        ContextInternal context();

        /** The server shows that it is there, and has nothing to say. */
        void signOfLife();

        /** There is no connection any more. */
        void closed(Throwable why);

        /** Likewise, and the request was not sent. */
        void unsent(Throwable why);
    }

    private final ContextInternal context;
    private final Handshake handshake;
    private final WebSocket socket;
    private final ConnectionPool<WebSocketConnection> pool;
    private final AnswerBounds bounds;
    private final WebSocketFailures failures;
    private final Attachment attachment = new Attachment();
    private final Map<String, String> headers;
    private volatile boolean regular;
    private final MessageAssembler messages;
    private final Intake intake;
    private final ConnectionTimer timer;

    private Receiver receiver;
    private volatile boolean old;
    /** By us. */
    private volatile boolean closing;
    /** What arrived before has still to be read. */
    private volatile boolean gone;
    private Throwable broken;

    /** To be made on that context, before anything of it is read. */
    WebSocketConnection(ContextInternal context, Handshake handshake, WebSocket socket, WebSocketTransport transport) {
        this.context = context;
        this.handshake = handshake;
        this.socket = socket;
        this.pool = transport.pool();
        this.bounds = transport.bounds();
        this.failures = transport.webSocketFailures();
        this.headers = Head.headers(socket.headers());
        this.messages = new MessageAssembler(failures);
        this.intake = new Intake(socket);
        socket.frameHandler(this::frame);
        socket.closeHandler(closed -> context.runOnContext(later -> ended()));
        socket.exceptionHandler(this::exception);
        this.timer = new ConnectionTimer(context, transport.settings().webSocket(), this);
        socket.pongHandler(pong -> timer.signOfLife());
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
    public Attachment attachment() {
        return attachment;
    }

    /** Of the answer to the handshake; names in lower case. */
    Map<String, String> headers() {
        return headers;
    }

    /** Whether an answer has begun as answers do: then they all do. */
    boolean isRegular() {
        return regular;
    }

    void regular() {
        regular = true;
    }

    /** Sends a request; what comes next is for this receiver. To be called by who has the connection from the pool. */
    void send(Receiver next, byte[] message, boolean nextPaused) {
        context.emit(here -> {
            if (closing || gone || socket.isClosed()) {
                next.context().emit(broken(), next::unsent);
                return;
            }
            receiver = next;
            timer.busy();
            timer.signOfLife();
            intake.begin(next.context().nettyEventLoop() != eventLoop(), nextPaused);
            socket.writeFrame(new WebSocketFrameImpl(WebSocketFrameType.TEXT, Unpooled.wrappedBuffer(message), true));
        });
    }

    private void setPaused(boolean nowPaused) {
        if (intake.isPaused() != nowPaused) {
            timer.signOfLife();
            intake.pause(nowPaused);
            if (!nowPaused && gone) {
                context.runOnContext(later -> ended());
            }
        }
    }

    /** From one of another event loop, it stops when it is not told what was {@link #taken}. */
    void pause(Receiver by) {
        context.emit(here -> {
            if (receiver == by) {
                setPaused(true);
            }
        });
    }

    void resume(Receiver by) {
        context.emit(here -> {
            if (receiver == by) {
                setPaused(false);
            }
        });
    }

    /** A receiver of another event loop has taken so many frames, and can have as many again. */
    void taken(Receiver by, int frames) {
        context.emit(here -> {
            if (receiver == by) {
                intake.taken(frames);
            }
        });
    }

    /** Nothing more comes for it: gives the place in the pool back, and the connection, if it is still good. */
    void done(Receiver by) {
        context.emit(here -> {
            if (receiver == by) {
                receiver = null;
                intake.end();
            }
        });
        giveBack();
    }

    /**
     * Nothing was sent: gives the place in the pool back, and the connection, if it is still good. At once, whatever the
     * thread: the next request of the conversation may come from within the end of the answer.
     */
    void giveBack() {
        if (closing || gone || socket.isClosed()) {
            pool.leave();
        } else if (old) {
            close();
            pool.leave();
        } else {
            context.emit(here -> timer.idle());
            pool.giveBack(this);
            boolean tooLate = closing || gone || old;
            if (tooLate && pool.remove(this)) {
                close();
            }
        }
    }

    /** Nobody wants what comes. The place in the pool stays with the caller. */
    void abort(Receiver by) {
        context.emit(here -> {
            if (receiver == by || receiver == null) {
                receiver = null;
                abort(NORMAL);
            }
        });
    }

    /** In good order. */
    @Override
    public void close() {
        context.emit(here -> {
            if (!closing) {
                closing = true;
                timer.stop();
                socket.resume();
                socket.close(NORMAL);
            }
        });
    }

    private void abort(short code) {
        if (!closing) {
            closing = true;
            pool.remove(this);
            timer.stop();
            boolean stuck = !socket.isClosed() && socket.writeQueueFull();
            if (stuck) {
                closeChannel();
            } else {
                socket.close(code).onComplete(sent -> closeChannel());
            }
        }
    }

    private void closeChannel() {
        ((WebSocketInternal) socket).channelHandlerContext().close();
    }

    private void frame(WebSocketFrame frame) {
        if (closing) {
            return;
        }
        timer.signOfLife();
        switch (frame.type()) {
            case TEXT, CONTINUATION -> text(frame);
            case BINARY -> fail(failures.binary());
            case PING -> {
                if (receiver != null) {
                    Receiver there = receiver;
                    there.context().emit(here -> there.signOfLife());
                }
            }
            case PONG, CLOSE -> {
                // the handlers for them hear of it
            }
        }
    }

    private void text(WebSocketFrame frame) {
        Message message;
        try {
            message = messages.add(frame);
        } catch (RuntimeException | Error e) {
            fail(e);
            return;
        }
        if (message == null || message.isDone()) {
            intake.skipped();
        } else if (receiver != null) {
            receiver.context().emit(message, receiver);
        } else if (!bounds.isAside(message.data(), message.offset(), message.length())) {
            fail(failures.unasked());
        }
    }

    private void exception(Throwable cause) {
        // of a connection that has just gone away the close handler hears next
        if (!(cause instanceof HttpClosedException) && broken == null) {
            broken = failures.of(cause);
        }
    }

    private void fail(Throwable why) {
        if (broken == null) {
            broken = why;
        }
        abort(PROTOCOL_ERROR);
        tellClosed();
    }

    private void tellClosed() {
        Receiver there = receiver;
        receiver = null;
        if (there != null) {
            there.context().emit(broken(), there::closed);
        }
    }

    private Throwable broken() {
        if (broken == null) {
            Short code = socket.closeStatusCode();
            broken = failures.closed(code == null ? WebSocketClosedException.ABNORMAL : code, socket.closeReason(), handshake);
        }
        return broken;
    }

    /** The other side is gone. What arrived before is delivered first, when it is wanted. */
    private void ended() {
        if (!gone) {
            gone = true;
            timer.stop();
            pool.remove(this);
            closeChannel();
        }
        if (intake.isDraining()) {
            context.runOnContext(later -> ended());
        } else if (!intake.isPaused()) {
            tellClosed();
        }
    }

    @Override
    public void idle() {
        if (pool.remove(this)) {
            close();
        }
    }

    @Override
    public void old() {
        old = true;
        idle();
    }

    @Override
    public void ping() {
        if (!socket.isClosed()) {
            socket.writePing(PING);
        }
    }

    @Override
    public void dead() {
        if (!intake.isPaused()) {
            fail(failures.noPong());
        }
    }
}
