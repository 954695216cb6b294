package io.quarkiverse.llm.gateway.runtime.websocket;

import java.time.Duration;

import io.quarkiverse.llm.gateway.runtime.answer.BodyRoom;
import io.quarkiverse.llm.gateway.runtime.config.LlmGatewayRuntimeConfig;
import io.quarkiverse.llm.gateway.runtime.config.WebSocketConfig;

/**
 * What one WebSocket may do.
 *
 * @param longest message, in bytes
 * @param room that its messages share with the requests of all others
 * @param memory for what is remembered of conversations, over all connections
 * @param messageTime until a message that comes in several frames must be there
 * @param writeTime that a client may take nothing while there is something for it
 */
public record WebSocketLimits(long longest, BodyRoom room, BodyRoom memory, Duration messageTime, Duration writeTime,
        Duration lifetime,
        Duration pingInterval, Duration idleTime, int maxInFlight, int maxQueued, int maxLanes) {

    public static WebSocketLimits of(LlmGatewayRuntimeConfig config, BodyRoom room) {
        WebSocketConfig own = config.webSocket();
        return new WebSocketLimits(config.maxBodySize().asLongValue(), room, BodyRoom.ofHeap(), config.bodyTimeout(),
                config.writeTimeout(),
                own.maxLifetime(), own.pingInterval(), own.idleTimeout(), own.maxInFlight(), own.maxQueued(), own.maxLanes());
    }
}
