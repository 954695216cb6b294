package io.quarkiverse.llm.messaging.runtime.channel;

import java.util.function.Consumer;

import io.quarkiverse.llm.messaging.LlmMessage;

/** Where messages leave. Thread-safe. */
public interface Outbox {

    /**
     * Hands a message to the channel, in the order of the calls of one thread. It waits in memory while the channel takes none.
     *
     * @param written called once, on any thread: with {@code null} when the connector says that the message is written, else
     *        with the reason why it is not; never for a message that was withdrawn while it waited
     * @return what takes the message back
     */
    Withdrawal send(LlmMessage message, Consumer<Throwable> written);

    /** How many messages wait for the channel to take them. What its connector has taken and not written is not among them. */
    default int waiting() {
        return 0;
    }

    /** Takes one message back. Thread-safe. */
    @FunctionalInterface
    interface Withdrawal {

        /** Of a message that no channel has ever seen. */
        Withdrawal NEVER_TAKEN = () -> true;
        /** Of a message that is gone. */
        Withdrawal TOO_LATE = () -> false;

        /**
         * Whether the channel has not taken the message, and never will. Once it has, nothing can be taken back: it may be
         * written.
         */
        boolean withdraw();
    }
}
