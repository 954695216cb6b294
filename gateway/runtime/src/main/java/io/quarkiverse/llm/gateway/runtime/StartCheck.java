package io.quarkiverse.llm.gateway.runtime;

import java.time.Duration;

import io.quarkiverse.llm.gateway.runtime.config.BackgroundConfig;
import io.quarkiverse.llm.gateway.runtime.config.LlmGatewayRuntimeConfig;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.configuration.ConfigurationException;

/** What must be said before the gateway may start. */
final class StartCheck {

    private StartCheck() {
    }

    /**
     * @throws ConfigurationException with a sentence that names the key and the mend
     */
    static void check(LlmGatewayRuntimeConfig config, LaunchMode mode) {
        if (!config.active()) {
            return;
        }
        checkLimits(config);
        if (config.authentication().isEmpty() && !mode.isDevOrTest()) {
            throw new ConfigurationException("quarkus.llm-gateway.authentication is not set: everybody who reaches the gateway"
                    + " could use its models. Set quarkus.llm-gateway.authentication=none if that is meant,"
                    + " or quarkus.llm-gateway.active=false to start without the gateway");
        }
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
    }

    private static void checkBackground(BackgroundConfig config) {
        refuse("background.max-concurrent", config.maxConcurrent(), config.maxConcurrent() <= 0, "larger than 0, such as 100");
        refuse("background.max-queued", config.maxQueued(), config.maxQueued() < 0, "0 or larger, such as 1000");
        refuse("background.max-duration", config.maxDuration(), !isPositive(config.maxDuration()),
                "longer than 0, such as 1h");
        long most = config.maxEventsSize().asLongValue();
        refuse("background.max-events-size", most, most <= 0, "larger than 0, such as 32M");
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
