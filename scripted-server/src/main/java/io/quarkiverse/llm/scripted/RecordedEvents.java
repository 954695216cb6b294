package io.quarkiverse.llm.scripted;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

import io.vertx.core.buffer.Buffer;

/** Cuts a recorded event stream after each blank line, so that it is replayed with one write an event. */
final class RecordedEvents {

    private RecordedEvents() {
    }

    static Iterator<Piece> of(Buffer stream) {
        List<Piece> events = new ArrayList<>();
        int start = 0;
        boolean lineIsEmpty = true;
        for (int i = 0; i < stream.length(); i++) {
            if (!isLineEnd(stream, i)) {
                lineIsEmpty &= stream.getByte(i) == '\r';
            } else if (lineIsEmpty) {
                events.add(new Piece.Data(stream.getBuffer(start, i + 1), true));
                start = i + 1;
            } else {
                lineIsEmpty = true;
            }
        }
        if (start < stream.length()) {
            events.add(new Piece.Data(stream.getBuffer(start, stream.length()), true));
        }
        return events.iterator();
    }

    private static boolean isLineEnd(Buffer stream, int at) {
        byte b = stream.getByte(at);
        // the CR of a CR LF does not count
        return b == '\n' || b == '\r' && (at + 1 == stream.length() || stream.getByte(at + 1) != '\n');
    }
}
