package io.quarkiverse.llm.runtime.config;

import java.time.Duration;

import io.quarkus.runtime.annotations.ConfigGroup;
import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.WithDefault;

/** How WebSockets are made and kept. */
@ConfigGroup
public interface WebSocketConfig {

    /**
     * How many WebSockets may be open at a time. Each has one request under way. More requests wait for room with
     * {@code transport=websocket}; with {@code auto} they go over HTTP at once.
     */
    @WithDefault("64")
    int maxConnections();

    /**
     * How many bytes the requests may have together that wait for room. More fail at once; with {@code transport=auto} they
     * go over HTTP.
     */
    @WithDefault("64M")
    MemorySize maxQueuedBytes();

    /**
     * How long a WebSocket is used at most; some less, so that not all end at a time. The server of OpenAI ends each after 60
     * minutes. A request that is under way then finishes.
     */
    @WithDefault("55m")
    Duration maxLifetime();

    /**
     * How long a WebSocket is kept that has no request. What its server holds of a conversation goes with it.
     */
    @WithDefault("5m")
    Duration idleTimeout();

    /**
     * The time between two pings. A WebSocket that has not answered one when the next is due is dead. {@code 0s} for none.
     */
    @WithDefault("30s")
    Duration pingInterval();

    /**
     * The longest message, of a request or of an answer.
     */
    @WithDefault("32M")
    MemorySize maxMessageSize();
}
