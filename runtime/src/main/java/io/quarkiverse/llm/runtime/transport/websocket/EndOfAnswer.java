package io.quarkiverse.llm.runtime.transport.websocket;

/**
 * Tells where answers end: a connection takes the next request only after that. Asked once an answer, or more often for one
 * whose rest nobody wants. Thread-safe.
 */
@FunctionalInterface
public interface EndOfAnswer {

    /** Whether the server ends an answer with this message; {@code false} for what is none. The bytes are not to be changed. */
    boolean isLast(byte[] data, int offset, int length);
}
