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
     * Tells the client that its answer will be made later, where the wire API has an event for that; {@link #begin}
     * tells when it is. Before all else.
     */
    default void queue(ResponseStarted start) {
        // not every wire API has answers that nobody waits for
    }

    /**
     * A sign of life for a client that waits: an event where the wire API has one that says nothing new.
     *
     * @return whether there was one
     */
    boolean keepAlive();

    /** The answer has failed: the client is told in each way that clients understand. Nothing more may come. */
    void fail(LlmException failure);

    /**
     * The answer was stopped on request, which is possible where the request says that nobody waits for it: it ends with what
     * has been told of it. What comes
     * after that is not told.
     */
    default void cancel() {
        // not every wire API has answers that can be stopped
    }

    /** Whether the last event is out. */
    boolean isComplete();
}
