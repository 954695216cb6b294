package io.quarkiverse.llm.gateway.runtime.state;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;

import io.quarkiverse.llm.runtime.wire.WireEventSink;

/**
 * The events of one streamed answer, to be read again byte for byte from any number on. The first event has number 0, the next
 * one 1: as their {@code sequence_number} says, which costs nothing then.
 * <p>
 * Of an event is kept what tells it from the one of its type before: a delta of four characters takes about ten bytes. Each
 * entry is
 *
 * <pre>
 * type * 2 + moved   which type, and whether the number stands elsewhere than in the last event of the type
 * [length name base] of a type that is new: its name, and 1 + the type that it is told apart from, or 0
 * [1 + place]        if moved: where the number was taken out, or 0 for nowhere
 * prefix suffix      how many bytes are as in the other event, at its beginning and at its end
 * length bytes       what is between them
 * </pre>
 *
 * with all numbers in base 128, the lowest digit first. For one thread at a time, readers included: the event loop of the
 * answer.
 */
public final class EventLog implements WireEventSink {

    private static final byte VERSION = 1;
    private static final int CHECKSUM = 1;
    /** Where entries begin: behind version and checksum. */
    static final int HEAD = CHECKSUM + Integer.BYTES;
    private static final int USUAL = 2048;
    /** Six numbers at their longest. */
    private static final int NUMBERS = 6 * 5;

    private final List<LastLine> lines;
    private final Map<String, Integer> types = new HashMap<>();
    private final SequenceNumber number = new SequenceNumber();
    private LastLine next = new LastLine("");
    private int lastIndex = -1;
    private byte[] bytes;
    private int end;
    private int count;

    /** Without events. */
    public EventLog() {
        this(new byte[USUAL], HEAD, new ArrayList<>(), 0);
    }

    private EventLog(byte[] bytes, int end, List<LastLine> lines, int count) {
        this.bytes = bytes;
        this.end = end;
        this.lines = lines;
        this.count = count;
        for (int i = 0; i < lines.size(); i++) {
            types.put(lines.get(i).type, i);
        }
    }

    /**
     * A log that was kept. Further events can be added.
     *
     * @param encoded what {@link #encoded()} gave; must not be changed any more
     * @throws MalformedLogException when it is anything else
     */
    public static EventLog decoded(byte[] encoded) {
        if (encoded.length < HEAD) {
            throw new MalformedLogException("it has " + encoded.length + " bytes");
        } else if (encoded[0] != VERSION) {
            throw new MalformedLogException("its version is " + encoded[0] + " and not " + VERSION);
        } else if (ByteBuffer.wrap(encoded).getInt(CHECKSUM) != checksum(encoded, encoded.length)) {
            throw new MalformedLogException("its checksum is wrong");
        }
        // what reads to its end once can be read ever after
        EventLogReader reader = new EventLogReader(new EventLog(encoded, encoded.length, List.of(), 0), Integer.MAX_VALUE);
        reader.next((type, json, offset, length) -> {
        });
        return new EventLog(encoded, encoded.length, reader.lines(), reader.position());
    }

    /** All that it holds, for {@link #decoded(byte[])}: a copy. */
    public byte[] encoded() {
        byte[] copy = Arrays.copyOf(bytes, end);
        copy[0] = VERSION;
        ByteBuffer.wrap(copy).putInt(CHECKSUM, checksum(copy, end));
        return copy;
    }

    /**
     * What came after it had so many bytes, for {@link #append(byte[])}: a copy.
     *
     * @param before what {@link #bytes()} was; 0 for the beginning
     */
    public byte[] since(int before) {
        return Arrays.copyOfRange(bytes, Math.max(HEAD, before), end);
    }

    /** Adds what another log has got since it was as this one is. Only for logs that are read and never added to otherwise. */
    public void append(byte[] more) {
        room(more.length);
        append(more, 0, more.length);
    }

    private static int checksum(byte[] bytes, int end) {
        CRC32C checksum = new CRC32C();
        checksum.update(bytes, HEAD, end - HEAD);
        return (int) checksum.getValue();
    }

    /** How many events it has, which is the number of the next one. */
    public int count() {
        return count;
    }

    /** How long {@link #encoded()} is. */
    public int bytes() {
        return end;
    }

    /** Adds an event. */
    @Override
    public void event(String type, byte[] json, int offset, int length) {
        int index = index(type);
        boolean known = index < lines.size();
        LastLine last = known ? lines.get(index) : new LastLine(type);
        number.set(count);
        next.take(json, offset, length, number.place(json, offset, length, last.place), number.length());
        int base = known ? index : nearest();
        LastLine other = base < 0 ? last : lines.get(base);
        int prefix = next.commonPrefix(other);
        int suffix = next.commonSuffix(other, prefix);
        int middle = next.length - prefix - suffix;
        byte[] name = known ? new byte[0] : type.getBytes(StandardCharsets.UTF_8);
        boolean moved = next.place != last.place;
        room(NUMBERS + name.length + middle);
        number(index * 2 + (moved ? 1 : 0));
        if (!known) {
            number(name.length);
            append(name, 0, name.length);
            number(base + 1);
            types.put(type, index);
            lines.add(last);
        }
        if (moved) {
            number(next.place + 1);
        }
        number(prefix);
        number(suffix);
        number(middle);
        append(next.bytes, prefix, middle);
        last.swap(next);
        lastIndex = index;
        count++;
    }

    /** Deltas of one kind follow each other. */
    private int index(String type) {
        return lastIndex >= 0 && lines.get(lastIndex).type.equals(type) ? lastIndex
                : types.getOrDefault(type, lines.size());
    }

    /** What is most like the next event: the response in {@code response.in_progress} has been in another event before. */
    private int nearest() {
        int nearest = -1;
        int most = 0;
        for (int i = 0; i < lines.size(); i++) {
            int prefix = next.commonPrefix(lines.get(i));
            int common = prefix + next.commonSuffix(lines.get(i), prefix);
            if (common > most) {
                most = common;
                nearest = i;
            }
        }
        return nearest;
    }

    private void room(int more) {
        if (bytes.length - end < more) {
            bytes = Arrays.copyOf(bytes, Math.max(Math.addExact(end, more), end + (end >> 1)));
        }
    }

    private void number(int value) {
        int left = value;
        while (left > 0x7f) {
            bytes[end++] = (byte) (left | 0x80);
            left >>>= 7;
        }
        bytes[end++] = (byte) left;
    }

    private void append(byte[] from, int offset, int length) {
        System.arraycopy(from, offset, bytes, end, length);
        end += length;
    }

    /**
     * Reads all events that it has.
     *
     * @param after the number of the last one that is left out, which may be one that is not there; -1 for none
     */
    public void read(int after, WireEventSink to) {
        EventLogReader reader = reader(after);
        while (reader.next(to)) {
            continue;
        }
    }

    /**
     * A reader of the events that it has and of those that will come.
     *
     * @param after the number of the last one that is left out, which may be one that has not come yet; -1 for none
     */
    public EventLogReader reader(int after) {
        return new EventLogReader(this, after);
    }

    /** What readers read; another array once it has grown. */
    byte[] array() {
        return bytes;
    }
}
