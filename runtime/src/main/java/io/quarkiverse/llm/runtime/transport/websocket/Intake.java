package io.quarkiverse.llm.runtime.transport.websocket;

import io.netty.channel.Channel;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.impl.WebSocketInternal;

/** How much is read of a WebSocket, for whoever has it. To be used on its event loop. */
final class Intake {

    /**
     * How many frames may be on their way to a receiver of another event loop. As many does Vert.x keep of a connection that is
     * not read, before it stops the other side.
     */
    static final int WINDOW = 16;

    private final WebSocket socket;
    private boolean far;
    private boolean paused;
    /** What waited to be read may be on its way. */
    private boolean draining;

    Intake(WebSocket socket) {
        this.socket = socket;
    }

    /**
     * For the next receiver, whatever the one before has left: that its answer is over may only be heard of after this.
     *
     * @param nowFar whether it is on another event loop: it tells what it has {@link #taken}
     */
    void begin(boolean nowFar, boolean nowPaused) {
        far = nowFar;
        paused = nowPaused;
        readChannel(!paused);
        if (far) {
            socket.pause();
            socket.fetch(WINDOW);
        } else {
            read(!paused);
        }
    }

    boolean isPaused() {
        return paused;
    }

    /** A receiver of another event loop stops when it is not told what was taken. */
    void pause(boolean nowPaused) {
        paused = nowPaused;
        readChannel(!paused);
        if (!far) {
            read(!paused);
        }
    }

    private void read(boolean on) {
        if (on) {
            draining = true;
            socket.resume();
        } else {
            socket.pause();
        }
    }

    /** Vert.x itself reads on until it holds many frames, whatever their size. */
    private void readChannel(boolean on) {
        channel().config().setAutoRead(on);
    }

    private Channel channel() {
        return ((WebSocketInternal) socket).channelHandlerContext().channel();
    }

    /** A receiver of another event loop has taken so many frames, and can have as many again. */
    void taken(int frames) {
        socket.fetch(frames);
    }

    /** A frame was not for the receiver. */
    void skipped() {
        if (far) {
            socket.fetch(1);
        }
    }

    /** There is no receiver. */
    void end() {
        far = false;
        paused = false;
        readChannel(true);
        socket.resume();
    }

    /** Of a connection that has ended: whether what waits may still be on its way, and comes later on this context. */
    boolean isDraining() {
        boolean on = far || !paused && draining;
        if (far) {
            far = false;
            socket.resume();
        }
        draining = false;
        return on;
    }
}
