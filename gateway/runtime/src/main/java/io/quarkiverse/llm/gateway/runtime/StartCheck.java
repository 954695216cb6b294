package io.quarkiverse.llm.gateway.runtime;

import java.time.Duration;
import java.util.List;

import io.quarkiverse.llm.Secret;
import io.quarkiverse.llm.gateway.runtime.access.AccessCheck;
import io.quarkiverse.llm.gateway.runtime.config.BackgroundConfig;
import io.quarkiverse.llm.gateway.runtime.config.LlmGatewayRuntimeConfig;
import io.quarkiverse.llm.gateway.runtime.config.StoreConfig;
import io.quarkiverse.llm.gateway.runtime.config.WebSocketConfig;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.runtime.configuration.MemorySize;

/** What must be said before the gateway may start. */
final class StartCheck {

    private static final int LEAST_OF_A_KEY = 16;

    private StartCheck() {
    }

    /**
     * @throws ConfigurationException with a sentence that names the key and the mend
     */
    static void check(LlmGatewayRuntimeConfig config, LaunchMode mode, Neighbours neighbours) {
        if (!config.active()) {
            return;
        }
        checkLimits(config);
        checkKeys(config.encryptionKeys().orElse(List.of()));
        checkStore(config.store(), neighbours.redis());
        AccessCheck.check(config, mode, neighbours.security());
    }

    private static void checkLimits(LlmGatewayRuntimeConfig config) {
        refuse("keep-alive", config.keepAlive(), !isPositive(config.keepAlive()), "longer than 0, such as 15s");
        refuse("body-timeout", config.bodyTimeout(), !isPositive(config.bodyTimeout()), "longer than 0, such as 60s");
        refuse("commit-after", config.commitAfter(), config.commitAfter().isNegative(),
                "0 to begin each streamed answer at once, or longer, such as 10s");
        refuse("models-refresh", config.modelsRefresh(), config.modelsRefresh().isNegative(),
                "0 to ask for the models each time, or longer, such as 60s");
        checkBackground(config.background());
        long most = config.maxBodySize().asLongValue();
        refuse("max-body-size", most, most <= 0, "larger than 0, such as 64M");
        checkWebSocket(config.webSocket());
    }

    private static void checkWebSocket(WebSocketConfig config) {
        refuse("websocket.max-lifetime", config.maxLifetime(), !isPositive(config.maxLifetime()),
                "longer than 0, such as 60m");
        refuse("websocket.ping-interval", config.pingInterval(), config.pingInterval().isNegative(),
                "0 for no pings, or longer, such as 30s");
        refuse("websocket.idle-timeout", config.idleTimeout(), config.idleTimeout().isNegative(),
                "0 to keep what is idle, or longer, such as 10m");
        refuse("websocket.max-in-flight", config.maxInFlight(), config.maxInFlight() < 1, "1 or more, such as 16");
        refuse("websocket.max-queued", config.maxQueued(), config.maxQueued() < 1, "1 or more, such as 64");
        refuse("websocket.max-lanes", config.maxLanes(), config.maxLanes() < 0,
                "0 to allow no stream_id, or more, such as 32");
    }

    private static void checkBackground(BackgroundConfig config) {
        refuse("background.max-concurrent", config.maxConcurrent(), config.maxConcurrent() <= 0, "larger than 0, such as 100");
        refuse("background.max-queued", config.maxQueued(), config.maxQueued() < 0, "0 or larger, such as 1000");
        refuse("background.max-duration", config.maxDuration(), !isPositive(config.maxDuration()),
                "longer than 0, such as 1h");
        long most = config.maxEventsSize().asLongValue();
        refuse("background.max-events-size", most, most <= 0, "larger than 0, such as 32M");
    }

    private static void checkKeys(List<Secret> keys) {
        for (int i = 0; i < keys.size(); i++) {
            int length = keys.get(i).reveal().length();
            if (length < LEAST_OF_A_KEY) {
                throw new ConfigurationException("quarkus.llm-gateway.encryption-keys: number " + (i + 1) + " of " + keys.size()
                        + " has " + length + " characters and must have at least " + LEAST_OF_A_KEY
                        + ", best random ones as 'openssl rand -hex 32' gives them");
            }
        }
    }

    private static void checkStore(StoreConfig store, boolean redis) {
        if (!store.enabled()) {
            return;
        }
        refuse("store.time-to-live", store.timeToLive(), !isPositive(store.timeToLive()), "longer than 0, such as 24h");
        refuse("store.timeout", store.timeout(), !isPositive(store.timeout()), "longer than 0, such as 1s");
        refuse("store.max-entries", store.maxEntries(), store.maxEntries() <= 0, "larger than 0, such as 100000");
        store.maxBytes().map(MemorySize::asLongValue).ifPresent(most -> refuse("store.max-bytes", most, most <= 0,
                "larger than 0, such as 256M"));
        if (store.type() == StoreConfig.Type.REDIS && !redis) {
            throw new ConfigurationException("quarkus.llm-gateway.store.type is redis, but the application has no Redis client."
                    + " Add the extension io.quarkus:quarkus-redis-client, or set quarkus.llm-gateway.store.type=memory");
        }
    }

    private static boolean isPositive(Duration time) {
        return !time.isNegative() && !time.isZero();
    }

    private static void refuse(String key, Object value, boolean wrong, String mend) {
        if (wrong) {
            throw new ConfigurationException("quarkus.llm-gateway." + key + " is " + value + " and must be " + mend);
        }
    }
}
