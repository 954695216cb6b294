package io.quarkiverse.llm.scripted;

import java.util.OptionalInt;

/**
 * A WebSocket is closed by the server with this code.
 *
 * @param events after how many events of the answer; empty for its end
 */
record Closing(OptionalInt events, int code) implements Fault {

    /** What a client sees where no close frame came; it cannot be sent. */
    static final int ABNORMAL = 1006;

    Closing {
        if (code < 1000 || code > 4999) {
            throw new IllegalArgumentException("Close codes of a WebSocket are from 1000 to 4999, not " + code);
        }
    }

    Stage stage() {
        Piece last = code == ABNORMAL ? new Piece.Stop(Ending.DROP) : new Piece.Close(code);
        return events.isEmpty() ? MessageStages.atEnd(last)
                : new Cut(Ending.DROP, Cut.Unit.EVENTS, events.getAsInt()).stage(last);
    }

    /** The name by which {@link Fault#named} knows it. */
    @Override
    public String toString() {
        return events.isEmpty() ? "close-at-end:" + code : "close-after-events:" + events.getAsInt() + ":" + code;
    }
}
