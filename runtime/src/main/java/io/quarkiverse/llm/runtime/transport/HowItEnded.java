package io.quarkiverse.llm.runtime.transport;

import io.quarkiverse.llm.LlmTimeoutException;
import io.quarkiverse.llm.LlmTransportException;

/** How an exchange ended, as it is recorded: the first words are read again when the recording is replayed. */
public final class HowItEnded {

    /** The server ended the answer. */
    public static final String END = "end";
    /** We had all we wanted, and the server had not ended the answer. */
    public static final String RELEASED = "released";
    /** Nobody wanted the rest. */
    public static final String CANCELLED = "cancelled";

    private HowItEnded() {
    }

    /** Before it was sent, a time limit, the connection, or else what was in the answer; and why. */
    public static String failed(Throwable failure, boolean sent) {
        String kind = !sent ? "unsent"
                : failure instanceof LlmTimeoutException ? "timeout"
                        : failure instanceof LlmTransportException ? "connection" : "answer";
        return "failed " + kind + " " + (failure.getMessage() == null ? failure : failure.getMessage());
    }
}
