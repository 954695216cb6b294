package io.quarkiverse.llm.runtime.transport.websocket;

import java.io.IOException;

/** The other side has closed a WebSocket, or is gone. */
public final class WebSocketClosedException extends IOException {

    /** For a connection that ended without a close frame (RFC 6455, 7.1.5). */
    static final int ABNORMAL = 1006;

    private static final long serialVersionUID = 1L;

    private final int code;

    /**
     * @param reason {@code null} for none
     */
    WebSocketClosedException(int code, String reason) {
        super(code == ABNORMAL ? "WebSocket closed without a close frame"
                : "WebSocket closed with " + code + (reason == null || reason.isBlank() ? "" : ": " + reason));
        this.code = code;
    }

    WebSocketClosedException(String reason) {
        super(reason);
        this.code = ABNORMAL;
    }

    /** Of RFC 6455, 7.4. */
    public int code() {
        return code;
    }
}
