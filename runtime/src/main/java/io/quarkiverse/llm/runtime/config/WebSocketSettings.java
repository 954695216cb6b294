package io.quarkiverse.llm.runtime.config;

import java.time.Duration;

/**
 * How the WebSockets to a server are made and kept.
 *
 * @param maxConnections open at a time, with all credentials together; each has one request under way
 * @param maxQueuedBytes of the requests that wait for room
 * @param maxLifetime after which, or some time before, a connection takes no further request
 * @param idleTimeout how long a connection is kept without a request
 * @param pingInterval between two pings; a connection is dead that has not answered one when the next is due. Zero for no
 *        pings
 * @param maxMessageSize bytes of one message, of a request or of an answer, and of one frame of it
 */
public record WebSocketSettings(int maxConnections, long maxQueuedBytes, Duration maxLifetime, Duration idleTimeout,
        Duration pingInterval, int maxMessageSize) {

    /** OpenAI closes after 60 minutes; histories with images take megabytes. */
    public static final WebSocketSettings DEFAULT = new WebSocketSettings(64, 64L * 1024 * 1024, Duration.ofMinutes(55),
            Duration.ofMinutes(5), Duration.ofSeconds(30), 32 * 1024 * 1024);

    public WebSocketSettings withMaxConnections(int maxConnections) {
        return new WebSocketSettings(maxConnections, maxQueuedBytes, maxLifetime, idleTimeout, pingInterval, maxMessageSize);
    }

    public WebSocketSettings withMaxQueuedBytes(long maxQueuedBytes) {
        return new WebSocketSettings(maxConnections, maxQueuedBytes, maxLifetime, idleTimeout, pingInterval, maxMessageSize);
    }

    public WebSocketSettings withMaxLifetime(Duration maxLifetime) {
        return new WebSocketSettings(maxConnections, maxQueuedBytes, maxLifetime, idleTimeout, pingInterval, maxMessageSize);
    }

    public WebSocketSettings withIdleTimeout(Duration idleTimeout) {
        return new WebSocketSettings(maxConnections, maxQueuedBytes, maxLifetime, idleTimeout, pingInterval, maxMessageSize);
    }

    public WebSocketSettings withPingInterval(Duration pingInterval) {
        return new WebSocketSettings(maxConnections, maxQueuedBytes, maxLifetime, idleTimeout, pingInterval, maxMessageSize);
    }

    public WebSocketSettings withMaxMessageSize(int maxMessageSize) {
        return new WebSocketSettings(maxConnections, maxQueuedBytes, maxLifetime, idleTimeout, pingInterval, maxMessageSize);
    }
}
