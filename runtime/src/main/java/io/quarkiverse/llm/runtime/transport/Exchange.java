package io.quarkiverse.llm.runtime.transport;

/** One exchange under way. To be used on its context. Each method may be called at any time, and does nothing after the end. */
public interface Exchange {

    /** Stops reading from the server until {@link #resume()}. Time limits that watch the server stand still meanwhile. */
    void pause();

    void resume();

    /**
     * Whether all that matters has arrived, though the server has not ended the answer: then a silence of a few seconds counts
     * as its end, and is signalled as such, until this is called with {@code false}.
     */
    void expectEnd(boolean expected);

    /**
     * The rest of the answer is of no interest. It is read and dropped, so that the connection can be used again, unless it
     * is long or late: then it is closed. No further calls of the listener.
     */
    void release();

    /** Closes the exchange with the server at once. No further calls of the listener. */
    void cancel();

    /** {@link #cancel()}, because the answer is of no use. */
    default void abandon(Throwable why) {
        cancel();
    }

    /**
     * Closes the exchange as {@link #abandon} does and begins another one, which takes its place: while this one is under way,
     * the other has its room, and begins even if the transport takes no further exchanges.
     *
     * @param why the answer of this one is of no use
     */
    Exchange replace(Throwable why, OutgoingRequest request, ExchangeListener listener);
}
