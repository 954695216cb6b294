package io.quarkiverse.llm.runtime.transport.websocket;

import io.quarkiverse.llm.runtime.transport.OutgoingRequest;

/**
 * @param outgoing target and headers of the connection, and time limits; its body does not count
 * @param frames what is sent
 */
public record WebSocketRequest(OutgoingRequest outgoing, FrameSource frames) {

    /** Sends the body. */
    static WebSocketRequest of(OutgoingRequest outgoing) {
        return new WebSocketRequest(outgoing, FrameSource.of(outgoing.body()));
    }
}
