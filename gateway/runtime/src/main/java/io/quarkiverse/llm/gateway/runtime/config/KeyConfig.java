package io.quarkiverse.llm.gateway.runtime.config;

import java.util.Optional;
import java.util.Set;

import io.quarkiverse.llm.Secret;
import io.quarkus.runtime.annotations.ConfigGroup;
import io.smallrye.config.WithDefault;

/** One who may use the gateway. */
@ConfigGroup
public interface KeyConfig {

    /**
     * What the client sends as {@code Authorization: Bearer VALUE}, or in the header {@code api-key}. At least 8 characters;
     * no two keys have the same.
     */
    Optional<Secret> value();

    /**
     * The models that may be asked for with it, by the names that clients say; a {@code *} at the end stands for anything. For
     * all others the gateway answers that they do not exist. All models unless set.
     */
    Optional<Set<String>> models();

    /**
     * Whether the usage of all callers may be read with it.
     */
    @WithDefault("false")
    boolean admin();

    /**
     * Its own limits, each in place of that of the same name in {@code quarkus.llm-gateway.limits}.
     */
    LimitsConfig limits();
}
