package io.quarkiverse.llm.gateway.runtime.access;

import java.time.Duration;
import java.util.TreeMap;

import io.quarkiverse.llm.gateway.runtime.config.LimitsConfig;
import io.quarkiverse.llm.gateway.runtime.config.LlmGatewayRuntimeConfig;
import io.quarkus.runtime.configuration.ConfigurationException;

/** Refuses limits that nothing could keep. */
final class LimitsCheck {

    private static final String PREFIX = "quarkus.llm-gateway.";

    private LimitsCheck() {
    }

    static void check(LlmGatewayRuntimeConfig config) {
        atLeast(1, PREFIX + "max-websockets", config.maxWebsockets());
        check(PREFIX + "limits.", config.limits());
        new TreeMap<>(config.keys()).forEach((name, key) -> check(PREFIX + "keys.\"" + name + "\".limits.", key.limits()));
    }

    private static void check(String prefix, LimitsConfig limits) {
        limits.requestsPerMinute().ifPresent(value -> atLeast(1, prefix + "requests-per-minute", value));
        limits.tokensPerMinute().ifPresent(value -> atLeast(1, prefix + "tokens-per-minute", value));
        limits.concurrentRequests().ifPresent(value -> atLeast(1, prefix + "concurrent-requests", value));
        limits.queueLength().ifPresent(value -> atLeast(0, prefix + "queue-length", value));
        limits.websockets().ifPresent(value -> atLeast(1, prefix + "websockets", value));
        limits.queueTimeout().filter(time -> time.compareTo(Duration.ZERO) <= 0).ifPresent(time -> {
            throw new ConfigurationException(prefix + "queue-timeout is " + time + " and must be longer than 0, such as 30s");
        });
    }

    private static void atLeast(long least, String key, long value) {
        if (value < least) {
            throw new ConfigurationException(key + " is " + value + " and must be "
                    + (least == 0 ? "0 or larger" : "larger than 0") + (key.endsWith("max-websockets") || least == 0 ? ""
                            : "; take it out for no limit"));
        }
    }
}
