package io.quarkiverse.llm.gateway.runtime.access;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

import io.quarkiverse.llm.Secret;

/** Callers for tests. */
public final class Callers {

    public static final CallerLimits NO_LIMITS = new CallerLimits(OptionalLong.empty(), OptionalLong.empty(),
            OptionalInt.empty(), 100, Duration.ofSeconds(30), OptionalInt.empty());

    private Callers() {
    }

    public static Caller key(String name, CallerLimits limits) {
        return Caller.ofKey(name, false, AllowedModels.ALL, limits);
    }

    public static Caller user(String name, CallerLimits limits) {
        return Caller.ofUser(name, limits, Optional.empty());
    }

    public static Caller ownKey(String key) {
        return Caller.ofOwnKey(Secret.of(key), NO_LIMITS);
    }

    public static CallerLimits perMinute(long requests, long tokens) {
        return new CallerLimits(requests == 0 ? OptionalLong.empty() : OptionalLong.of(requests),
                tokens == 0 ? OptionalLong.empty() : OptionalLong.of(tokens), OptionalInt.empty(), 100,
                Duration.ofSeconds(30), OptionalInt.empty());
    }

    public static CallerLimits concurrent(int most, int queue) {
        return new CallerLimits(OptionalLong.empty(), OptionalLong.empty(), OptionalInt.of(most), queue,
                Duration.ofSeconds(30), OptionalInt.empty());
    }

    public static CallerLimits webSockets(int most) {
        return new CallerLimits(OptionalLong.empty(), OptionalLong.empty(), OptionalInt.empty(), 100,
                Duration.ofSeconds(30), OptionalInt.of(most));
    }
}
