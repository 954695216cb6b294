package io.quarkiverse.llm.runtime.provider;

import io.quarkiverse.llm.LlmEvent;
import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.LlmResponse;
import io.quarkiverse.llm.runtime.wire.ResponseDecoder;
import io.quarkiverse.llm.runtime.wire.WireCodec;

/** Reads an answer as one response. */
final class ReadingResponse implements WholeAnswer.Reading<LlmResponse> {

    private final ResponseDecoder decoder;
    private LlmResponse response;

    ReadingResponse(WireCodec codec, LlmRequest request) {
        this.decoder = codec.decoder(request, this::accept);
    }

    private void accept(LlmEvent event) {
        if (event instanceof LlmEvent.ResponseCompleted completed) {
            response = completed.response();
        }
    }

    @Override
    public void event(String name, byte[] data, int offset, int length) {
        if (!decoder.isComplete()) {
            decoder.event(name, data, offset, length);
        }
    }

    @Override
    public void body(byte[] data, int offset, int length) {
        decoder.body(data, offset, length);
    }

    @Override
    public LlmResponse end() {
        if (!decoder.isComplete()) {
            decoder.end();
        }
        return response;
    }
}
