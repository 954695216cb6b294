package io.quarkiverse.llm.messaging.runtime.worker;

import io.quarkiverse.llm.messaging.MessageHeaders;

/** Continues the trace of a request in its worker. Called for each attempt, and must not block. */
public interface TraceContext {

    /** What an attempt began. */
    interface Ended {

        /**
         * Called once, on any thread.
         *
         * @param failure {@code null} when there is an answer, or when the attempt was given back
         */
        void ended(Throwable failure);
    }

    /** Continues no trace. */
    TraceContext NONE = attempt -> failure -> {
    };

    /**
     * Called on the Vert.x context of the attempt, a duplicated one that is its own, before the provider is called there.
     *
     * @param attempt the headers of the request, with the number of the attempt and the worker
     */
    Ended attach(MessageHeaders attempt);
}
