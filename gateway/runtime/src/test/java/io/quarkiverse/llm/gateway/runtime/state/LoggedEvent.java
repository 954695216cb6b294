package io.quarkiverse.llm.gateway.runtime.state;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import io.quarkiverse.llm.runtime.wire.WireEventSink;

/** An event as it goes into a log and comes out of it. */
record LoggedEvent(String type, String json) {

    static LoggedEvent of(String type, byte[] json, int offset, int length) {
        return new LoggedEvent(type, new String(json, offset, length, StandardCharsets.UTF_8));
    }

    /** Somewhere in an array, as encoders hand it on. */
    void addTo(WireEventSink log) {
        byte[] bytes = ("before" + json + "behind").getBytes(StandardCharsets.UTF_8);
        log.event(type, bytes, 6, bytes.length - 12);
    }

    static EventLog log(List<LoggedEvent> events) {
        EventLog log = new EventLog();
        events.forEach(event -> event.addTo(log));
        return log;
    }

    static List<LoggedEvent> read(EventLog log, int after) {
        return collected(sink -> log.read(after, sink));
    }

    static List<LoggedEvent> collected(Consumer<WireEventSink> reading) {
        List<LoggedEvent> read = new ArrayList<>();
        reading.accept((type, json, offset, length) -> read.add(of(type, json, offset, length)));
        return read;
    }
}
