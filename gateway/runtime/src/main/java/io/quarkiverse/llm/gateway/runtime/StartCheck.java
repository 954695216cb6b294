package io.quarkiverse.llm.gateway.runtime;

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
        if (config.active() && config.authentication().isEmpty() && !mode.isDevOrTest()) {
            throw new ConfigurationException("quarkus.llm-gateway.authentication is not set: everybody who reaches the gateway"
                    + " could use its models. Set quarkus.llm-gateway.authentication=none if that is meant,"
                    + " or quarkus.llm-gateway.active=false to start without the gateway");
        }
    }
}
