package io.quarkiverse.llm.gateway.runtime.access;

import java.util.Optional;

import io.quarkiverse.llm.Secret;

/**
 * Who asks.
 *
 * @param name for people: in the log and where usage is told. It is no secret
 * @param owner to whom belongs what is kept: the same for the same caller, also after a restart, and another for each other
 *        one. Only lower-case letters, digits, dashes and colons, at most 80
 * @param configured whether the configuration names it, so that there are only so many like it
 * @param admin whether it may read the usage of all
 * @param ownKey what it has sent as API key, where that is meant for providers
 */
public record Caller(String name, String owner, boolean configured, boolean admin, AllowedModels models, CallerLimits limits,
        Optional<Secret> ownKey) {

    /** By its name: a key whose value has changed has the same owner. */
    static Caller ofKey(String name, boolean admin, AllowedModels models, CallerLimits limits) {
        return new Caller(name, "key:" + Digest.hex(name), true, admin, models, limits, Optional.empty());
    }

    static Caller ofUser(String principal, CallerLimits limits, Optional<Secret> ownKey) {
        return new Caller(principal, "user:" + Digest.hex(principal), false, false, AllowedModels.ALL, limits, ownKey);
    }

    /** One whom nobody knows, but for a key that a provider will look at. */
    static Caller ofOwnKey(Secret key, CallerLimits limits) {
        String digest = Digest.hex(key.reveal());
        return new Caller("client-" + digest.substring(0, 12), "client:" + digest, false, false, AllowedModels.ALL, limits,
                Optional.of(key));
    }

    static Caller anyone(CallerLimits limits) {
        return new Caller("anyone", "anyone", true, false, AllowedModels.ALL, limits, Optional.empty());
    }
}
