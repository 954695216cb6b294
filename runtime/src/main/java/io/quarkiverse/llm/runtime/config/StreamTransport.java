package io.quarkiverse.llm.runtime.config;

import io.quarkiverse.llm.runtime.config.value.NamedValue;

/** What requests and events travel over. */
public enum StreamTransport implements NamedValue {
    /** WebSocket where the server is known to have it, with server-sent events where it fails. */
    AUTO,
    /** HTTP, with the events of a stream as server-sent events. */
    SSE,
    /** A WebSocket that is kept for the next request; the Responses API alone has it. */
    WEBSOCKET
}
