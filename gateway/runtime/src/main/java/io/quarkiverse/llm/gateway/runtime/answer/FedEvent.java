package io.quarkiverse.llm.gateway.runtime.answer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import io.quarkiverse.llm.gateway.runtime.state.EventLogReader;

/** An event on its way from a log to a client, with bytes of its own. */
record FedEvent(String type, byte[] json) {

    /** In bytes: what one turn of an event loop hands on at most, unless a single event is longer. */
    private static final int MOST = 16 * 1024;

    /**
     * The next events that a log has.
     *
     * @param end the number of the first one that may not be read yet
     */
    static List<FedEvent> next(EventLogReader reader, int end) {
        List<FedEvent> read = new ArrayList<>();
        int[] bytes = new int[1];
        while (bytes[0] < MOST && reader.position() < end && reader.next((type, json, offset, length) -> {
            read.add(new FedEvent(type, Arrays.copyOfRange(json, offset, offset + length)));
            bytes[0] += length;
        })) {
            continue;
        }
        return read;
    }
}
