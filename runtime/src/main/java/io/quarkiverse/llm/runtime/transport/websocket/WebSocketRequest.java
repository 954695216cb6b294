package io.quarkiverse.llm.runtime.transport.websocket;

import io.quarkiverse.llm.runtime.transport.OutgoingRequest;

/**
 * @param outgoing target and headers of the connection, and time limits; its body does not count
 * @param frames what is sent
 * @param mayWait whether it waits for a connection when there are as many as may be; else it fails at once
 */
public record WebSocketRequest(OutgoingRequest outgoing, FrameSource frames, boolean mayWait) {

    /** Waits for a connection. */
    WebSocketRequest(OutgoingRequest outgoing, FrameSource frames) {
        this(outgoing, frames, true);
    }

    /** Sends the body. */
    static WebSocketRequest of(OutgoingRequest outgoing) {
        return new WebSocketRequest(outgoing, FrameSource.of(outgoing.body()));
    }
}
