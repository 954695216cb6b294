package io.quarkiverse.llm.gateway.runtime.websocket;

import io.quarkiverse.llm.gateway.runtime.answer.RefusedException;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.WebSocketFrame;

/** Puts the frames of a client together to messages. */
final class IncomingMessages {

    private static final long NONE = -1;

    /** Takes them. */
    interface Receiver {

        /**
         * @param taken bytes of the room, to be given back
         */
        void text(Buffer message, int taken);

        /** A message that is no text. */
        void noText();

        /** A message that there is no room for. */
        void refused(RefusedException why);

        /** A message longer than any may be. */
        void tooLarge();

        /** A message that has begun and does not end. */
        void tooSlow();
    }

    private final Vertx vertx;
    private final WebSocketLimits limits;
    private final Receiver receiver;
    /** Of which more is to come. */
    private Buffer begun;
    private boolean binary;
    private RefusedException refused;
    private boolean stopped;
    private int taken;
    private long timer = NONE;

    IncomingMessages(Vertx vertx, WebSocketLimits limits, Receiver receiver) {
        this.vertx = vertx;
        this.limits = limits;
        this.receiver = receiver;
    }

    void frame(WebSocketFrame frame) {
        boolean data = frame.isText() || frame.isBinary() || frame.isContinuation();
        if (!data || stopped) {
            return;
        }
        if (!frame.isContinuation()) {
            begun = null;
            binary = frame.isBinary();
        }
        Buffer part = frame.binaryData();
        if (length() + (long) part.length() > limits.longest()) {
            stop();
            receiver.tooLarge();
            return;
        }
        if (!binary && refused == null) {
            add(part);
        }
        if (frame.isFinal()) {
            end();
        } else if (timer == NONE) {
            timer = vertx.setTimer(Math.max(1, limits.messageTime().toMillis()), late -> {
                stop();
                receiver.tooSlow();
            });
        }
    }

    private int length() {
        return begun == null ? 0 : begun.length();
    }

    private void add(Buffer part) {
        long whole = length() + (long) part.length();
        if (!limits.room().take(part.length())) {
            refused = RefusedException.noMemory(whole > limits.room().bytes(), limits.room().bytes());
            begun = null;
            giveBack();
        } else {
            taken += part.length();
            begun = begun == null ? part : begun.appendBuffer(part);
        }
    }

    private void end() {
        vertx.cancelTimer(timer);
        timer = NONE;
        Buffer message = begun;
        begun = null;
        if (binary) {
            receiver.noText();
        } else if (refused != null) {
            RefusedException why = refused;
            refused = null;
            receiver.refused(why);
        } else {
            int ofMessage = taken;
            taken = 0;
            receiver.text(message, ofMessage);
        }
    }

    private void giveBack() {
        limits.room().give(taken);
        taken = 0;
    }

    /** Nobody wants what comes. */
    void stop() {
        stopped = true;
        begun = null;
        giveBack();
        vertx.cancelTimer(timer);
    }
}
