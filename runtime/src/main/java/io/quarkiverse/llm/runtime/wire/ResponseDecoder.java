package io.quarkiverse.llm.runtime.wire;

import java.util.Map;
import java.util.Optional;

import io.quarkiverse.llm.LlmException;
import io.quarkiverse.llm.LlmResponse;
import io.quarkiverse.llm.Repair;

/**
 * Turns one answer as it arrives into events. For one thread at a time. Each method throws an {@link LlmException} when
 * the answer is or contains a failure; the decoder is of no use after that, but for {@link #partial()}.
 */
public interface ResponseDecoder {

    /**
     * One event of a stream: what an SSE event or a WebSocket frame carries. The bytes are only read during the call.
     *
     * @param name of the SSE event; empty for none
     */
    void event(String name, byte[] data, int offset, int length);

    /** A whole answer in one JSON document. */
    void body(byte[] data, int offset, int length);

    /** The exchange has ended in good order. Completes the answer, or fails when it is not whole. */
    void end();

    /** Whether the last event is out: what may still arrive does not matter. */
    boolean isComplete();

    /**
     * Whether everything that matters has arrived, although the server has not said that it is done: {@link #end()} would
     * succeed.
     */
    boolean mayEnd();

    /** What has arrived so far; empty when that is nothing. Open items are incomplete in it. */
    Optional<LlmResponse> partial();

    /**
     * Whether anything has arrived that is of this wire API, error messages aside. An answer of which nothing is may be that
     * of a server which does not speak it.
     */
    default boolean hasUnderstood() {
        return partial().isPresent();
    }

    /** What has been repaired so far, by kind. */
    Map<Repair, Integer> repairs();
}
