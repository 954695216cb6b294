package io.quarkiverse.llm.runtime.wire;

import java.util.function.Consumer;

import io.quarkiverse.llm.LlmEvent;
import io.quarkiverse.llm.LlmEvent.ResponseStarted;
import io.quarkiverse.llm.LlmException;

/**
 * Turns the events of one answer, in the order that subscribers get them, into those of a wire API. For one thread at a time.
 */
public interface EventEncoder extends Consumer<LlmEvent> {

    /**
     * Tells the client that its answer has begun, before the provider has said anything. The {@link ResponseStarted} that comes
     * later changes nothing then.
     */
    void begin(ResponseStarted start);

    /**
     * A sign of life for a client that waits: an event where the wire API has one that says nothing new.
     *
     * @return whether there was one
     */
    boolean keepAlive();

    /** The answer has failed: the client is told in each way that clients understand. Nothing more may come. */
    void fail(LlmException failure);

    /** Whether the last event is out. */
    boolean isComplete();
}
