package io.quarkiverse.llm.runtime.transport;

import java.util.Map;

import io.quarkiverse.llm.LlmException;

/**
 * What comes of an exchange, in order: {@link #head}, then {@link #event} for each event of a stream or {@link #body} once
 * for anything else, then {@link #end}; or {@link #failed} at any point, as the last call. What one of these methods throws
 * cancels the exchange and comes back as {@link #failed}.
 */
public interface ExchangeListener {

    /**
     * @param headers names in lower case
     */
    void head(int status, Map<String, String> headers);

    /**
     * One event of a stream. The bytes are only valid during the call.
     *
     * @param name of the event; empty for none
     */
    void event(String name, byte[] data, int offset, int length);

    /** The whole body of an answer that is no event stream. The bytes are only valid during the call. */
    void body(byte[] data, int offset, int length);

    /**
     * The answer is whole. The exchange gives its room back by {@link Exchange#release} during the call, or after the call;
     * {@link Exchange#replace} during the call passes it on.
     */
    void end();

    void failed(LlmException failure);
}
