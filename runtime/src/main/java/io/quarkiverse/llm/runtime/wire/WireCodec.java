package io.quarkiverse.llm.runtime.wire;

import java.util.Optional;
import java.util.function.Consumer;

import io.quarkiverse.llm.LlmEvent;
import io.quarkiverse.llm.LlmException;
import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.runtime.config.preset.WireApi;

/** The client's side of one wire API for one provider. Thread-safe. */
public interface WireCodec {

    /** The wire API it speaks. */
    WireApi api();

    /** Where requests go, relative to the provider's endpoint, or absolute when it begins with a slash. */
    String path();

    /**
     * The first feature that a request asks for and this wire API cannot carry, as it stands in a sentence; empty when it
     * carries them all. Whether the request is right otherwise is not looked at.
     */
    Optional<String> unsupported(LlmRequest request);

    /**
     * The body of a request.
     *
     * @param stream whether the answer shall come in events
     * @throws LlmException when the wire API cannot carry what is asked for
     */
    byte[] encode(LlmRequest request, boolean stream);

    /**
     * A decoder for the one answer to a request.
     *
     * @param events takes the events as they come out, in the order subscribers rely on
     */
    ResponseDecoder decoder(LlmRequest request, Consumer<LlmEvent> events);
}
