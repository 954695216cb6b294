package io.quarkiverse.llm.scripted;

/** How a request came to the server. */
public enum Transport {

    /** A request of HTTP; a stream comes back as server-sent events. */
    HTTP,

    /** A message over a WebSocket, to which each event comes back as one message. */
    WEBSOCKET
}
