package io.quarkiverse.llm.scripted;

import java.util.Locale;
import java.util.Optional;

import io.vertx.core.buffer.Buffer;

/**
 * Faults between the messages of a WebSocket, and in what its server remembers. Answers over HTTP do not show them. Those
 * <em>in the middle</em> come after the second event, or at the end of an answer that has not so many.
 */
public enum WebSocketFault implements Fault {

    /** In the middle comes a text message that is no JSON: an event that is cut, as a careless proxy would. */
    GARBAGE,

    /** In the middle comes a binary message; the protocol has none. */
    BINARY_MESSAGE,

    /** Before the first event comes one of an answer that nobody asked for. */
    STRAY_EVENT_BEFORE,

    /** After the last event comes one more, of an answer that nobody asked for. */
    STRAY_EVENT_AFTER,

    /** The server pings before each frame; with {@link Fault#split} also between the frames of a message, as is allowed. */
    PINGS,

    /**
     * With the end of this answer the connection has reached its age: every further request on it gets the error
     * {@code websocket_connection_limit_reached} and takes nothing from the script.
     */
    CONNECTION_LIMIT,

    /**
     * With the end of this answer the connection forgets its responses: what was not stored cannot be gone on from, and the
     * next request that tries gets {@code previous_response_not_found}.
     */
    STATE_FORGOTTEN;

    private static final int MIDDLE = 2;

    Optional<Stage> stage() {
        return switch (this) {
            case GARBAGE ->
                Optional.of(MessageStages.after(MIDDLE, MessageStages.text("{\"type\":\"response.output_text.del")));
            case BINARY_MESSAGE -> Optional.of(MessageStages.after(MIDDLE,
                    new Piece.Binary(Buffer.buffer(new byte[] { 0, 1, 2, (byte) 0xFF }))));
            case STRAY_EVENT_BEFORE -> Optional.of(MessageStages.after(0, MessageStages.stray()));
            case STRAY_EVENT_AFTER -> Optional.of(MessageStages.atEnd(MessageStages.stray()));
            case PINGS, CONNECTION_LIMIT, STATE_FORGOTTEN -> Optional.empty();
        };
    }

    /** The name by which {@link Fault#named} knows it. */
    @Override
    public String toString() {
        return "websocket-" + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
