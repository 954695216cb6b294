package io.quarkiverse.llm.scripted;

import java.time.Duration;
import java.util.concurrent.CompletionStage;

import io.vertx.core.buffer.Buffer;

/** One thing to do while the body of a {@link Reply} is sent. */
public sealed interface Piece {

    /**
     * One write; {@code event} tells that it completes an event. Over a WebSocket it is a text message, and one that does not
     * complete an event is a frame that is cut.
     */
    record Data(Buffer bytes, boolean event) implements Piece {
    }

    /** Nothing is sent for this long. */
    record Wait(Duration duration) implements Piece {
    }

    /** Nothing is sent until this completes. */
    record Hold(CompletionStage<?> released) implements Piece {
    }

    /** A binary message of a WebSocket. Only there. */
    record Binary(Buffer bytes) implements Piece {
    }

    /** The WebSocket is closed with this code. Only there. */
    record Close(int code) implements Piece {
    }

    /** The body ends here, in this way. Without one it ends after the last piece, in good order. */
    record Stop(Ending ending) implements Piece {
    }
}
