package io.quarkiverse.llm.gateway.runtime.access;

import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;

/**
 * For everybody.
 *
 * @param ownKeys whether what clients send as API key goes to providers, and tells them apart
 */
record OpenAccess(Caller anyone, boolean ownKeys) implements Access {

    OpenAccess(CallerLimits limits, boolean ownKeys) {
        this(Caller.anyone(limits), ownKeys);
    }

    @Override
    public Uni<Caller> callerOf(RoutingContext routing) {
        return Uni.createFrom().item(!ownKeys ? anyone
                : SentKey.of(routing.request().headers()).map(key -> Caller.ofOwnKey(key, anyone.limits())).orElse(anyone));
    }
}
