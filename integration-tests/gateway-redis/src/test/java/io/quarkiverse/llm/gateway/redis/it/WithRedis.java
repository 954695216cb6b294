package io.quarkiverse.llm.gateway.redis.it;

import java.util.Map;

import io.quarkiverse.llm.gateway.redis.RedisServerProcess;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;

/** A Redis of its own, for an application and its test. */
public class WithRedis implements QuarkusTestResourceLifecycleManager {

    private RedisServerProcess redis;

    @Override
    public Map<String, String> start() {
        redis = RedisServerProcess.durable();
        return Map.of("quarkus.redis.hosts", redis.url());
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(redis, field -> field.getType() == RedisServerProcess.class);
    }

    @Override
    public void stop() {
        if (redis != null) {
            redis.close();
        }
    }
}
