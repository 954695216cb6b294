package io.quarkiverse.llm.runtime.provider;

import java.util.OptionalInt;
import java.util.Set;

import io.quarkiverse.llm.LlmDecodeException;
import io.quarkiverse.llm.LlmException;
import io.quarkiverse.llm.LlmLimitException;
import io.quarkiverse.llm.LlmTimeoutException;
import io.quarkiverse.llm.LlmTimeoutException.Limit;
import io.quarkiverse.llm.LlmTransportException;
import io.quarkiverse.llm.LlmTruncatedStreamException;
import io.quarkiverse.llm.runtime.transport.Failures;
import io.quarkiverse.llm.runtime.transport.websocket.WebSocketTransport;
import io.quarkiverse.llm.runtime.wire.responses.TurnFailure;

/** What a failure of a request over a WebSocket is about. */
enum WebSocketFailure {

    /** The request: it would fail over HTTP, too. */
    REQUEST,
    /**
     * A bound of ours, which HTTP has not or has for itself: the size of a message, the number of connections, or the count,
     * the bytes and the time of those that wait. It says nothing against the server.
     */
    BOUND,
    /** WebSockets with that server, or the server as a whole, or whoever asked for a WebSocket: HTTP will tell. */
    TRANSPORT;

    private static final Set<String> BOUNDS = Set.of(WebSocketTransport.MAX_MESSAGE_SIZE, WebSocketTransport.MAX_CONNECTIONS,
            WebSocketTransport.MAX_QUEUED_BYTES, Failures.MAX_QUEUED_REQUESTS);

    /** Of an upgrade that got another answer. What asks to wait or to pay is heard; all else a proxy may have said. */
    static WebSocketFailure ofRefusal(int status) {
        return switch (status) {
            case 402, 429, 529 -> REQUEST;
            default -> TRANSPORT;
        };
    }

    static WebSocketFailure of(LlmException failure) {
        OptionalInt status = failure.httpStatus();
        if (TurnFailure.of(failure).filter(TurnFailure.CONNECTION_LIMIT_REACHED::equals).isPresent()) {
            return TRANSPORT;
        } else if (status.isPresent()) {
            return switch (status.getAsInt()) {
                case 404, 405, 426, 501, 502, 503, 504 -> MissingApi.namesContent(failure) ? REQUEST : TRANSPORT;
                default -> REQUEST;
            };
        } else if (failure instanceof LlmLimitException limit) {
            return BOUNDS.contains(limit.key()) ? BOUND : REQUEST;
        } else if (failure instanceof LlmTimeoutException timeout) {
            return timeout.limit() == Limit.TOTAL ? REQUEST : timeout.limit() == Limit.ACQUIRE ? BOUND : TRANSPORT;
        }
        return failure instanceof LlmTransportException || failure instanceof LlmDecodeException
                || failure instanceof LlmTruncatedStreamException ? TRANSPORT : REQUEST;
    }
}
