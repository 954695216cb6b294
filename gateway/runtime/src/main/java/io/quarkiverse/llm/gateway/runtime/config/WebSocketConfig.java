package io.quarkiverse.llm.gateway.runtime.config;

import java.time.Duration;

import io.quarkus.runtime.annotations.ConfigGroup;
import io.smallrye.config.WithDefault;

/** What clients may do over a WebSocket. */
@ConfigGroup
public interface WebSocketConfig {

    /**
     * Whether responses can be had over a WebSocket. When it is false, the handshake is answered with status 426, at which
     * Codex goes on over HTTP.
     */
    @WithDefault("true")
    boolean enabled();

    /**
     * How long a WebSocket is used at most. After that its requests are refused with the code
     * {@code websocket_connection_limit_reached}, and it is closed when those have ended that it had before. Longer than
     * {@code 0s}.
     */
    @WithDefault("60m")
    Duration maxLifetime();

    /**
     * The time between two pings. A client that has shown no sign of life for two such times is gone. {@code 0s} for none. Must
     * not be negative.
     */
    @WithDefault("30s")
    Duration pingInterval();

    /**
     * How long a WebSocket is kept that has no request. What the gateway holds of its conversations goes with it. {@code 0s}
     * for as long as it may live. Must not be negative.
     */
    @WithDefault("0s")
    Duration idleTimeout();

    /**
     * How many requests of one WebSocket may be under way at a time, each on a {@code stream_id} of its own. More
     * wait. At least 1.
     */
    @WithDefault("16")
    int maxInFlight();

    /**
     * How many requests of one WebSocket may wait. More are refused with the code
     * {@code websocket_queue_limit_reached}. At least 1.
     */
    @WithDefault("64")
    int maxQueued();

    /**
     * How many different {@code stream_id} a WebSocket may have in its life. Further ones are refused with the code
     * {@code websocket_stream_limit_reached}. Must not be negative.
     */
    @WithDefault("32")
    int maxLanes();
}
