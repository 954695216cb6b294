package io.quarkiverse.llm.gateway.runtime.access;

import io.quarkiverse.llm.gateway.runtime.config.LlmGatewayRuntimeConfig;
import io.quarkiverse.llm.gateway.runtime.config.LlmGatewayRuntimeConfig.Authentication;
import io.quarkus.runtime.LaunchMode;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;

/** Finds out who asks. Thread-safe. */
public interface Access {

    /**
     * At once where that can be, and on any thread else. Fails with an {@link UnauthorizedException}.
     */
    Uni<Caller> callerOf(RoutingContext routing);

    /**
     * As it is configured.
     *
     * @param config that {@link AccessCheck} has nothing against
     */
    static Access of(LlmGatewayRuntimeConfig config, LaunchMode mode) {
        CallerLimits limits = CallerLimits.of(config.limits());
        boolean ownKeys = config.clientKeysTo().isPresent();
        return switch (authentication(config, mode)) {
            case API_KEY -> KeyAccess.of(config);
            case QUARKUS_SECURITY -> new SecurityAccess(limits, ownKeys);
            case NONE -> new OpenAccess(limits, ownKeys);
        };
    }

    /** What holds where nothing is said: nobody serves everybody unawares, but in development there are no keys yet. */
    static Authentication authentication(LlmGatewayRuntimeConfig config, LaunchMode mode) {
        return config.authentication().orElseGet(
                () -> mode.isDevOrTest() && config.keys().isEmpty() ? Authentication.NONE : Authentication.API_KEY);
    }
}
