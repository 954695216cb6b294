package io.quarkiverse.llm.runtime.wire.responses;

import java.util.Optional;

import io.quarkiverse.llm.LlmException;

/** Failures of a turn over WebSocket that say nothing against the request: it may be sent again, with all of its input. */
public enum TurnFailure {
    /** The server does not know what the turn continues; the connection is as good as before. */
    PREVIOUS_RESPONSE_NOT_FOUND("previous_response_not_found"),
    /** The connection has lived as long as it may; another one takes the request. */
    CONNECTION_LIMIT_REACHED("websocket_connection_limit_reached");

    private final String code;

    TurnFailure(String code) {
        this.code = code;
    }

    /** Empty for any other failure. */
    public static Optional<TurnFailure> of(LlmException failure) {
        for (TurnFailure kind : values()) {
            if (failure.code().filter(kind.code::equals).isPresent()) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }
}
