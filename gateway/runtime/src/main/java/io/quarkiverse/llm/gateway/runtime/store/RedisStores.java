package io.quarkiverse.llm.gateway.runtime.store;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import io.quarkiverse.llm.gateway.runtime.config.StoreConfig;
import io.quarkus.arc.InjectableInstance;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.vertx.redis.client.Redis;

/**
 * With the default client of {@code quarkus-redis-client}, which is looked at only when it is asked for: an
 * application may have Redis for something else. Added by its name, for there need not be such a client.
 */
@Singleton
public class RedisStores implements SharedStores {

    private final InjectableInstance<Redis> redis;

    @Inject
    RedisStores(InjectableInstance<Redis> redis) {
        this.redis = redis;
    }

    @Override
    public StateStore open(StoreConfig config) {
        if (!redis.isResolvable() || !redis.getHandle().getBean().isActive()) {
            throw new ConfigurationException("quarkus.llm-gateway.store.type is redis, but the default Redis client has no"
                    + " server or is switched off. Set quarkus.redis.hosts, such as redis://localhost:6379, or"
                    + " quarkus.llm-gateway.store.type=memory");
        }
        return new RedisStateStore(redis.get(), config.keyPrefix(), config.timeToLive(), config.timeout());
    }
}
