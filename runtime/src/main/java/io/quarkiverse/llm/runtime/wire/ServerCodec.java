package io.quarkiverse.llm.runtime.wire;

import io.quarkiverse.llm.LlmResponse;
import io.quarkiverse.llm.runtime.config.preset.WireApi;

/** The server's side of one wire API: requests in, answers out. Thread-safe. */
public interface ServerCodec {

    /** The wire API it speaks. */
    WireApi api();

    /**
     * Reads the body of a request. What a client has replayed of a conversation is taken as far as it can be, however odd it
     * is:
     * clients send all of it again with each request, and one that is refused would be refused for ever.
     *
     * @param body UTF-8; not kept
     * @param mode what becomes of what cannot be taken
     * @throws InvalidRequestException when the request itself is wrong
     */
    ReceivedRequest decode(byte[] body, DegradeMode mode);

    /**
     * An encoder for the one answer to a request, in events.
     *
     * @param sink takes what goes to the client
     */
    EventEncoder encoder(ReceivedRequest request, WireEventSink sink);

    /** The answer to a request, in one JSON document. */
    byte[] encode(ReceivedRequest request, LlmResponse response);
}
