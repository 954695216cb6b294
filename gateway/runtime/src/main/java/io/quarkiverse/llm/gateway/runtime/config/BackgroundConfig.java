package io.quarkiverse.llm.gateway.runtime.config;

import java.time.Duration;

import io.quarkus.runtime.annotations.ConfigGroup;
import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.WithDefault;

/** Responses that are made while nobody waits for them: those that are asked for with {@code "background": true}. */
@ConfigGroup
public interface BackgroundConfig {

    /**
     * Whether there are such responses. They need the store, too. Without, requests for them are refused with status 400.
     */
    @WithDefault("true")
    boolean enabled();

    /**
     * How many this instance makes at the same time. Further ones wait, in the order in which they came. What the
     * provider allows at the same time holds besides. Must be larger than 0.
     */
    @WithDefault("100")
    int maxConcurrent();

    /**
     * How many wait in this instance, each with its whole request in memory. Further ones are refused with status
     * 429. Must not be negative.
     */
    @WithDefault("1000")
    int maxQueued();

    /**
     * How long one may take from the time it is no longer queued. After that it is stopped and has failed. Must be longer than
     * {@code 0s}.
     */
    @WithDefault("1h")
    Duration maxDuration();

    /**
     * How large the events of one may become, which are in memory while it is made. They are kept in a third of their size or
     * less. One that says more is stopped and has failed. Must be larger than 0.
     */
    @WithDefault("32M")
    MemorySize maxEventsSize();
}
