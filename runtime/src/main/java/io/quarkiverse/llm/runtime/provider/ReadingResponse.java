package io.quarkiverse.llm.runtime.provider;

import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

import io.quarkiverse.llm.LlmEvent;
import io.quarkiverse.llm.LlmResponse;
import io.quarkiverse.llm.Repair;
import io.quarkiverse.llm.runtime.wire.ResponseDecoder;

/** Reads an answer as one response. */
final class ReadingResponse implements WholeAnswer.Reading<LlmResponse> {

    private final ResponseDecoder decoder;
    private final Consumer<Map<Repair, Integer>> repairs;
    private LlmResponse response;

    /**
     * @param decoder makes one that hands on events
     * @param repairs takes what had to be repaired, when the answer is over
     */
    ReadingResponse(Function<Consumer<LlmEvent>, ResponseDecoder> decoder, Consumer<Map<Repair, Integer>> repairs) {
        this.repairs = repairs;
        this.decoder = decoder.apply(this::accept);
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

    @Override
    public void over() {
        repairs.accept(decoder.repairs());
    }
}
