package io.quarkiverse.llm.scripted;

/** How an answer ends that a fault, or its recording, does not let come to its own end. */
public enum Ending {

    /** The socket stays open and nothing is sent. */
    STALL,

    /** The connection closes. */
    DROP,

    /** The connection is reset (TCP RST). */
    RESET,

    /** The response ends as if it were complete. */
    END
}
