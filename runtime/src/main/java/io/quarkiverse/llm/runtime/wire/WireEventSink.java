package io.quarkiverse.llm.runtime.wire;

/** Takes the events of a wire API as they are written, one after the other. */
@FunctionalInterface
public interface WireEventSink {

    /**
     * An event. Its bytes are only valid during the call and must not be changed.
     *
     * @param type what a stream of server-sent events names it; empty for none
     * @param json one line of UTF-8
     */
    void event(String type, byte[] json, int offset, int length);
}
