package io.quarkiverse.llm.runtime.wire.responses;

import java.util.function.Consumer;

import io.quarkiverse.llm.LlmEvent;
import io.quarkiverse.llm.LlmEvent.ResponseStarted;
import io.quarkiverse.llm.LlmException;
import io.quarkiverse.llm.runtime.wire.EventEncoder;

/** An encoder behind what brings events in order and into their dialect. */
record ServedEvents(Consumer<LlmEvent> events, EventEncoder encoder) implements EventEncoder {

    @Override
    public void accept(LlmEvent event) {
        events.accept(event);
    }

    @Override
    public void begin(ResponseStarted start) {
        encoder.begin(start);
    }

    @Override
    public void queue(ResponseStarted start) {
        encoder.queue(start);
    }

    @Override
    public boolean keepAlive() {
        return encoder.keepAlive();
    }

    @Override
    public void fail(LlmException failure) {
        encoder.fail(failure);
    }

    @Override
    public void cancel() {
        encoder.cancel();
    }

    @Override
    public boolean isComplete() {
        return encoder.isComplete();
    }
}
