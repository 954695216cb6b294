package io.quarkiverse.llm.runtime.provider;

import java.util.function.Consumer;

import io.quarkiverse.llm.LlmEvent;
import io.quarkiverse.llm.LlmException;
import io.vertx.core.impl.ContextInternal;

/**
 * Where the events of one subscription come from. All is called on the context of the subscription, one after the other. After
 * {@link #release}, {@link #cancel} or {@link #abandon} the taker is not called any more.
 */
public interface EventSource {

    /** Who wants the answer. Takes its events too. To be called on the context alone. */
    interface Taker extends Consumer<LlmEvent> {

        /** All events of what has come so far are out. */
        void progressed();

        /** The last event is out. No further calls. */
        void completed();

        /** There is no answer, or no more of it. No further calls. */
        void failed(LlmException failure);
    }

    /** Makes the source of a new subscription. */
    @FunctionalInterface
    interface Opening {

        /** Called on the subscriber's thread. Nothing happens before {@link #start}. */
        EventSource open(ContextInternal context, Taker taker);
    }

    /** Whether it is paused from its start on until somebody asks for an event. */
    default boolean waitsForDemand() {
        return false;
    }

    void start();

    /** To be called by the taker with the first event, before it is handed on: what fails from now on has failed. */
    void answered();

    /** What comes is not asked for. */
    void pause();

    void resume();

    /** The rest of the answer is of no interest, and short. */
    void release();

    /** Ends the exchange. */
    void cancel();

    /** As {@link #cancel}, because the answer is of no use. */
    void abandon(Throwable why);
}
