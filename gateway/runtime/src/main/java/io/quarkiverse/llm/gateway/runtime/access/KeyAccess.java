package io.quarkiverse.llm.gateway.runtime.access;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.quarkiverse.llm.gateway.runtime.config.LlmGatewayRuntimeConfig;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;

/** For those who send a key that is configured. */
final class KeyAccess implements Access {

    private static final Map<String, String> CHALLENGE = Map.of("www-authenticate", "Bearer");

    /** In no order that tells anything. */
    private final List<Key> keys;

    private record Key(byte[] digest, Caller caller) {
    }

    private KeyAccess(List<Key> keys) {
        this.keys = List.copyOf(keys);
    }

    static KeyAccess of(LlmGatewayRuntimeConfig config) {
        List<Key> keys = new ArrayList<>();
        config.keys().forEach((name, key) -> keys.add(new Key(Digest.of(key.value().orElseThrow().reveal()),
                Caller.ofKey(name, key.admin(), new AllowedModels(key.models()),
                        CallerLimits.of(key.limits(), config.limits())))));
        return new KeyAccess(keys);
    }

    @Override
    public Uni<Caller> callerOf(RoutingContext routing) {
        try {
            return Uni.createFrom().item(SentKey.of(routing.request().headers()).map(key -> known(key.reveal()))
                    .orElseThrow(() -> refused("You have sent no API key. Send it as 'Authorization: Bearer KEY'.")));
        } catch (UnauthorizedException e) {
            return Uni.createFrom().failure(e);
        }
    }

    /** All are compared, and each in the same time, so that no answer tells how much of a key was right. */
    Caller known(String key) {
        byte[] digest = Digest.of(key);
        Caller found = null;
        for (Key each : keys) {
            if (MessageDigest.isEqual(each.digest(), digest)) {
                found = each.caller();
            }
        }
        if (found == null) {
            throw refused("The API key is not known here.");
        }
        return found;
    }

    private static UnauthorizedException refused(String message) {
        return new UnauthorizedException(message, 401, CHALLENGE);
    }
}
