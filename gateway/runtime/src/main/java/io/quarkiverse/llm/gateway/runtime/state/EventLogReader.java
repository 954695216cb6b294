package io.quarkiverse.llm.gateway.runtime.state;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import io.quarkiverse.llm.runtime.wire.WireEventSink;

/** Reads a log from its beginning on, and goes on when it has grown. On the thread of the log. */
public final class EventLogReader {

    /** Bits of a number without its sign. */
    private static final int BITS = 31;

    private final EventLog log;
    private final int after;
    private final List<LastLine> lines = new ArrayList<>();
    private final SequenceNumber number = new SequenceNumber();
    private byte[] line = new byte[0];
    private int at = EventLog.HEAD;
    private int position;

    EventLogReader(EventLog log, int after) {
        this.log = log;
        this.after = after;
    }

    /**
     * Hands on the next event, when there is one.
     *
     * @param to takes it; what it throws is thrown, and the event counts as read
     * @return whether there was one
     */
    public boolean next(WireEventSink to) {
        while (at < log.bytes()) {
            LastLine read = entry();
            int numbered = position++;
            if (numbered > after) {
                handOn(read, numbered, to);
                return true;
            }
        }
        return false;
    }

    /** The number of the event that it will read next, be it handed on or not. */
    public int position() {
        return position;
    }

    /** The last events that it has read. */
    List<LastLine> lines() {
        return lines;
    }

    private LastLine entry() {
        int head = number();
        int index = head >>> 1;
        LastLine base;
        if (index == lines.size()) {
            int length = length();
            lines.add(new LastLine(new String(log.array(), at, length, StandardCharsets.UTF_8)));
            at += length;
            int known = number();
            require(known <= index, "it goes by a type that is not there");
            base = lines.get(known == 0 ? index : known - 1);
        } else {
            require(index < lines.size(), "it has an event of a type that is not there");
            base = lines.get(index);
        }
        LastLine line = lines.get(index);
        if ((head & 1) == 1) {
            line.place = number() - 1;
        }
        int prefix = number();
        int suffix = number();
        require(prefix <= base.length && suffix <= base.length - prefix, "it takes more from an event than that has");
        int middle = length();
        line.take(base, prefix, suffix, log.array(), at, middle);
        at += middle;
        require(line.place <= line.length, "the number of an event is outside of it");
        return line;
    }

    private void handOn(LastLine read, int numbered, WireEventSink to) {
        if (read.place == SequenceNumber.NOWHERE) {
            to.event(read.type, read.bytes, 0, read.length);
            return;
        }
        number.set(numbered);
        int digits = number.length();
        line = LastLine.room(line, read.length + digits, 0);
        System.arraycopy(read.bytes, 0, line, 0, read.place);
        System.arraycopy(number.digits, number.from, line, read.place, digits);
        System.arraycopy(read.bytes, read.place, line, read.place + digits, read.length - read.place);
        to.event(read.type, line, 0, read.length + digits);
    }

    /** Of that which follows. */
    private int length() {
        int length = number();
        require(length <= log.bytes() - at, "it was cut");
        return length;
    }

    private int number() {
        int value = 0;
        for (int shift = 0; shift < BITS; shift += 7) {
            require(at < log.bytes(), "it was cut");
            byte digit = log.array()[at++];
            value |= (digit & 0x7f) << shift;
            if (digit >= 0) {
                require(value >= 0, "it has a number that is too large");
                return value;
            }
        }
        throw new MalformedLogException("it has a number that is too large");
    }

    private static void require(boolean right, String what) {
        if (!right) {
            throw new MalformedLogException(what);
        }
    }
}
