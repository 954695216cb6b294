package io.quarkiverse.llm.runtime.transport.websocket;

/** Tells answers apart, which follow one another on a connection. Thread-safe; the bytes are not to be changed. */
public interface AnswerBounds {

    /**
     * Whether an answer of a server that keeps to the protocol begins with this message. When an answer of a connection has
     * begun so, another beginning is a message that nobody asked for: a late one of the answer before. Asked, as the next two,
     * until an answer has begun.
     */
    boolean isFirst(byte[] data, int offset, int length);

    /** Whether an answer of another server may begin with this message: else it is of an answer that nobody asked for. */
    boolean mayBeFirst(byte[] data, int offset, int length);

    /** Whether this message is of no answer at all, and may come at any time. */
    boolean isAside(byte[] data, int offset, int length);

    /**
     * Whether the server ends an answer with this message; {@code false} for what is none. A connection takes the next request
     * only after that. Asked about the message with which an exchange ends, more than once, and about each of a rest that
     * nobody wants.
     */
    boolean isLast(byte[] data, int offset, int length);
}
