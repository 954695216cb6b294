package io.quarkiverse.llm.scripted;

/** How an exchange ended. */
public enum Outcome {

    /** The whole answer was written, or as much of it as a fault had left. A WebSocket stays open then. */
    COMPLETED,

    /** The client closed the connection, or reset the HTTP/2 stream, before the end of the answer. */
    CLIENT_CLOSED,

    /** A scripted fault dropped, reset or closed the connection before the end of the answer. */
    BROKEN_OFF,

    /** The server was reset or closed while the answer was under way. */
    SERVER_CLOSED
}
