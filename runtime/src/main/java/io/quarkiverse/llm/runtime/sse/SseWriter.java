package io.quarkiverse.llm.runtime.sse;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes events so that every reader understands them: line feeds alone, one byte sequence for each event. */
public final class SseWriter {

    private SseWriter() {
    }

    /**
     * An event as it goes onto the wire.
     *
     * @param name empty for none; without line ends
     * @param data UTF-8; each of its lines becomes a {@code data} line
     */
    public static byte[] event(String name, byte[] data) {
        Bytes event = new Bytes();
        if (!name.isEmpty()) {
            byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
            field(event, "event: ", bytes, 0, bytes.length);
        }
        int from = 0;
        int to;
        do {
            to = LineEnds.next(data, from, data.length);
            field(event, "data: ", data, from, to);
            boolean pair = to + 1 < data.length && data[to] == '\r' && data[to + 1] == '\n';
            from = to + (pair ? 2 : 1);
        } while (to < data.length);
        event.add('\n');
        return Arrays.copyOf(event.array(), event.length());
    }

    private static void field(Bytes event, String field, byte[] value, int from, int to) {
        byte[] name = field.getBytes(StandardCharsets.US_ASCII);
        event.add(name, 0, name.length);
        event.add(value, from, to);
        event.add('\n');
    }
}
