package io.quarkiverse.llm.runtime.transport.websocket;

import static io.quarkiverse.llm.runtime.transport.websocket.WebSocketTransport.MAX_CONNECTIONS;
import static io.quarkiverse.llm.runtime.transport.websocket.WebSocketTransport.MAX_MESSAGE_SIZE;
import static io.quarkiverse.llm.runtime.transport.websocket.WebSocketTransport.MAX_QUEUED_BYTES;

import java.util.regex.Pattern;

import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.quarkiverse.llm.LlmDecodeException;
import io.quarkiverse.llm.LlmLimitException;
import io.quarkiverse.llm.runtime.config.ProviderSettings;
import io.quarkiverse.llm.runtime.config.SecretMask;
import io.quarkiverse.llm.runtime.transport.Failures;

/** Puts into words what goes wrong over WebSockets alone. */
final class WebSocketFailures {

    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

    private final Failures failures;
    private final int maxEventSize;
    private final int maxMessageSize;
    private final ProviderSettings settings;

    WebSocketFailures(ProviderSettings settings, Failures failures) {
        this.settings = settings;
        this.failures = failures;
        this.maxEventSize = settings.sizeLimits().maxEventSize();
        this.maxMessageSize = settings.webSocket().maxMessageSize();
    }

    /** Of a message that comes. */
    void requireSize(long size) {
        if (size > maxEventSize) {
            throw failures.eventTooLarge(maxEventSize);
        } else if (size > maxMessageSize) {
            throw messageTooLarge();
        }
    }

    private LlmLimitException messageTooLarge() {
        return failures.limit("a message of " + failures.where() + " has more than " + maxMessageSize + " bytes: raise "
                + failures.key(MAX_MESSAGE_SIZE), MAX_MESSAGE_SIZE);
    }

    LlmLimitException requestTooLarge(int size) {
        return failures.limit("the request has " + size + " bytes, and a message to " + failures.where() + " may have "
                + maxMessageSize + ": raise " + failures.key(MAX_MESSAGE_SIZE) + ", if the server takes more",
                MAX_MESSAGE_SIZE);
    }

    LlmLimitException allConnectionsTaken() {
        return failures.limit("all " + settings.webSocket().maxConnections() + " WebSockets to " + failures.where()
                + " have a request under way: raise " + failures.key(MAX_CONNECTIONS) + ", or send fewer at a time",
                MAX_CONNECTIONS);
    }

    LlmLimitException tooManyBytesQueued() {
        return failures.limit("the requests that wait for a connection would take more than "
                + settings.webSocket().maxQueuedBytes() + " bytes with this one: raise " + failures.key(MAX_QUEUED_BYTES)
                + ", or send fewer at a time", MAX_QUEUED_BYTES);
    }

    LlmDecodeException binary() {
        return failures.decode(failures.where() + " sent a binary message over a WebSocket, where text alone is allowed", null);
    }

    LlmDecodeException unasked() {
        return failures.decode(failures.where() + " sent a message over a WebSocket without a request", null);
    }

    LlmDecodeException stray() {
        return failures.decode(failures.where() + " sent an event of another answer over a WebSocket, before the answer to the "
                + "request had begun", null);
    }

    /** That what came instead of a WebSocket says why. */
    void requireAnswer(Refusal refusal) {
        int status = refusal.head().status();
        if (status / 100 == 2) {
            throw failures.transport(failures.where() + " answered the request for a WebSocket with HTTP " + status
                    + ": it seems to have none there, and " + failures.key("transport") + "=sse does without", null);
        } else if (refusal.body().length > settings.sizeLimits().maxResponseSize()) {
            throw failures.responseTooLarge();
        }
    }

    /**
     * @param reason the server's word, which may repeat what it was given; {@code null} for none
     */
    WebSocketClosedException closed(int code, String reason, Handshake handshake) {
        String shown = reason == null ? null
                : CONTROL.matcher(SecretMask.of(settings).withHeaders(handshake.headers().values()).mask(reason))
                        .replaceAll(" ");
        return new WebSocketClosedException(code, shown);
    }

    WebSocketClosedException noPong() {
        return new WebSocketClosedException("no answer to a ping within "
                + settings.webSocket().pingInterval().toMillis() + " ms, " + failures.key("websocket.ping-interval"));
    }

    /** What Vert.x says of a connection. */
    Throwable of(Throwable cause) {
        if (cause instanceof CorruptedWebSocketFrameException corrupt) {
            return corrupt.closeStatus().equals(WebSocketCloseStatus.MESSAGE_TOO_BIG) ? messageTooLarge()
                    : failures.decode(failures.where() + " violates the WebSocket protocol: " + corrupt.getMessage(), corrupt);
        }
        return cause;
    }
}
