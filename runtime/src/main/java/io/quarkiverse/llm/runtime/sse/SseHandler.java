package io.quarkiverse.llm.runtime.sse;

/** Takes what an {@link SseReader} finds, on the thread that feeds it. It must not feed the reader itself. */
public interface SseHandler {

    /**
     * An event. Its bytes, UTF-8, are only valid during the call and must not be changed.
     *
     * @param name the value of its {@code event} field; empty for none
     * @param data the values of its {@code data} fields are here, joined by line feeds
     */
    void event(String name, byte[] data, int offset, int length);

    /** A comment line: the server is alive. */
    default void comment() {
    }
}
