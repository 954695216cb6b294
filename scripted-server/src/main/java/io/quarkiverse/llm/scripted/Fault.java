package io.quarkiverse.llm.scripted;

import java.util.Arrays;
import java.util.OptionalInt;
import java.util.stream.Collectors;

import io.quarkiverse.llm.scripted.Cut.Unit;

/**
 * Something that goes wrong, or merely goes otherwise, with an answer. Faults combine freely: {@link Deviation}s change the
 * events, {@link Framing}s the stream around them, {@link WebSocketFault}s the messages around them, the rest the bytes and
 * the connection.
 * <p>
 * Over a WebSocket an event is one message; a drop or a reset is one of the connection, without a close frame, inside a frame
 * if it comes after a number of bytes. {@link Framing} and {@link #contentType} are of HTTP alone, and those that say so of
 * WebSockets alone: over the other transport the answer is as without them.
 * <p>
 * Each has a name, which its {@code toString} gives and {@link #named} takes, so that a parameterized test can list them.
 */
public sealed interface Fault permits Deviation, Framing, Split, Cut, ContentType, WebSocketFault, Closing, HugeEvent {

    /**
     * The fault of that name: a constant of {@link ChatDeviation} or {@link Framing}, one of {@link ResponsesDeviation} after
     * {@code responses-} or of {@link WebSocketFault} after {@code websocket-}, or one of the methods here with its arguments
     * after colons, in any case and with dashes or
     * underscores: {@code tool-id-missing}, {@code responses-model-missing}, {@code GZIP}, {@code drop-after-events:2},
     * {@code split:4:3}, {@code close-after-events:2:1011}, {@code content-type:text/html}.
     *
     * @throws IllegalArgumentException with the names there are, when there is none of that name
     */
    static Fault named(String name) {
        return FaultNames.find(name);
    }

    /** Each byte of the body in a write of its own. Over a WebSocket, in a frame of its own. */
    static Fault splitEveryByte() {
        return split(1);
    }

    /**
     * The body in writes of these sizes in bytes, which repeat until its end, regardless of event boundaries. Over a WebSocket,
     * each message in frames (the first one and its continuations) of these sizes, regardless of characters.
     */
    static Fault split(int... sizes) {
        return new Split(Split.cycle(sizes),
                Arrays.stream(sizes).mapToObj(size -> ":" + size).collect(Collectors.joining("", "split", "")));
    }

    /** The body in writes of random sizes from 1 to {@code most} bytes; the same seed gives the same sizes. */
    static Fault splitRandomly(long seed, int most) {
        return new Split(Split.random(seed, most), "split-randomly:" + seed + ":" + most);
    }

    /** The request is taken and no answer comes; the socket stays open. */
    static Fault stallBeforeHead() {
        return new Cut(Ending.STALL, Unit.HEAD, 0);
    }

    /** After this many events nothing more comes; the socket stays open. 0 sends the head alone. */
    static Fault stallAfterEvents(int events) {
        return new Cut(Ending.STALL, Unit.EVENTS, events);
    }

    /** After this many bytes of the body nothing more comes; the socket stays open. */
    static Fault stallAfterBytes(int bytes) {
        return new Cut(Ending.STALL, Unit.BYTES, bytes);
    }

    /** The connection is closed in place of an answer. */
    static Fault dropBeforeHead() {
        return new Cut(Ending.DROP, Unit.HEAD, 0);
    }

    /** The connection is closed after this many events, inside the body. */
    static Fault dropAfterEvents(int events) {
        return new Cut(Ending.DROP, Unit.EVENTS, events);
    }

    /** The connection is closed after this many bytes of the body, inside it. */
    static Fault dropAfterBytes(int bytes) {
        return new Cut(Ending.DROP, Unit.BYTES, bytes);
    }

    /** The connection is reset (TCP RST) in place of an answer. */
    static Fault resetBeforeHead() {
        return new Cut(Ending.RESET, Unit.HEAD, 0);
    }

    /** The connection is reset (TCP RST) after this many events. Events that the client had not read yet may be lost. */
    static Fault resetAfterEvents(int events) {
        return new Cut(Ending.RESET, Unit.EVENTS, events);
    }

    /** The connection is reset (TCP RST) after this many bytes of the body. */
    static Fault resetAfterBytes(int bytes) {
        return new Cut(Ending.RESET, Unit.BYTES, bytes);
    }

    /**
     * The HTTP response ends in good order after this many events, though the answer is not at its end. A WebSocket is closed
     * with 1000.
     */
    static Fault endAfterEvents(int events) {
        return new Cut(Ending.END, Unit.EVENTS, events);
    }

    /**
     * The HTTP response ends in good order after this many bytes of the body, though the answer is not at its end. A WebSocket
     * is closed with 1000.
     */
    static Fault endAfterBytes(int bytes) {
        return new Cut(Ending.END, Unit.BYTES, bytes);
    }

    /**
     * The server closes the WebSocket with this code after this many events; 0 closes it in place of an answer. 1006 stands
     * for none: the connection is dropped. WebSockets alone.
     */
    static Fault closeAfterEvents(int events, int code) {
        return new Closing(OptionalInt.of(events), code);
    }

    /** The server closes the WebSocket with this code when the answer is complete. WebSockets alone. */
    static Fault closeAtEnd(int code) {
        return new Closing(OptionalInt.empty(), code);
    }

    /** In the middle comes an event of an unknown type that is so many bytes long, in one frame. WebSockets alone. */
    static Fault hugeEvent(int bytes) {
        return new HugeEvent(bytes);
    }

    /** Another content type than the body has, as a proxy's error page or a careless server would say. */
    static Fault contentType(String value) {
        return new ContentType(value);
    }
}
