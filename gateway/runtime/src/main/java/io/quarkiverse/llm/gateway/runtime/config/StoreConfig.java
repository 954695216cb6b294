package io.quarkiverse.llm.gateway.runtime.config;

import java.time.Duration;
import java.util.Optional;

import io.quarkus.runtime.annotations.ConfigGroup;
import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.WithDefault;

/** What the gateway keeps for later requests: responses, conversations and the events of streamed answers. */
@ConfigGroup
public interface StoreConfig {

    /**
     * Whether the gateway keeps anything. Without it, nothing can be read again or referred to by later requests.
     */
    @WithDefault("true")
    boolean enabled();

    /**
     * Where it is kept: in the {@code memory} of this instance, where it is gone with the instance, or in {@code redis}, where
     * all instances with the same {@code key-prefix} share it. {@code redis} needs the extension {@code quarkus-redis-client}
     * and is reached as {@code quarkus.redis.hosts} says, by a single connection.
     */
    @WithDefault("memory")
    Type type();

    /**
     * How long something is kept since it was last used, that is, written or read. Must be longer than {@code 0s}.
     */
    @WithDefault("24h")
    Duration timeToLive();

    /**
     * How many entries are kept in memory; a response is several. When there are more, those go that were not used for longest.
     * Redis has bounds of its own. Must be larger than 0.
     */
    @WithDefault("100000")
    int maxEntries();

    /**
     * How large all entries in memory may be together. When they are larger, those go that were not used for longest; what is
     * larger alone is not kept. An eighth of the heap unless set. Redis has bounds of its own. Must be larger than 0.
     */
    Optional<MemorySize> maxBytes();

    /**
     * What the keys in Redis begin with. Gateways that share a Redis and nothing else need different ones. In a cluster, braces
     * keep all of them on one node, which is needed there: <code>{quarkus-llm}:</code>.
     */
    @WithDefault("quarkus-llm:")
    String keyPrefix();

    /**
     * How long an answer waits for the store before it ends as not stored. Must be longer than {@code 0s}.
     */
    @WithDefault("1s")
    Duration timeout();

    /**
     * Whether the events of streamed answers are kept, so that they can be read again from any of them.
     */
    @WithDefault("true")
    boolean streamEvents();

    /** Where things are kept. */
    enum Type {
        /** In this instance. */
        MEMORY,
        /** In Redis. */
        REDIS
    }
}
