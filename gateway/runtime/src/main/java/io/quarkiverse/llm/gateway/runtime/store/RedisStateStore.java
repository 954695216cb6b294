package io.quarkiverse.llm.gateway.runtime.store;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.impl.types.ErrorType;

/**
 * In Redis (2.6 or later, or what speaks like it), where all instances see what one has written, at once. Each operation is one
 * round trip, and ends in time whatever becomes of Redis: it fails while there is none, and works again as soon as there is
 * one.
 * In a cluster all keys must have the same slot: that is so with a prefix in braces.
 */
public final class RedisStateStore implements StateStore {

    /** What Redis takes as one argument unless set otherwise. */
    private static final long LONGEST_VALUE = 512L << 20;

    private final RedisLine line;
    private final OutageLog outages = new OutageLog();
    private final String prefix;
    private final byte[] timeToLive;
    private final Duration timeout;

    /**
     * @param redis stays open
     * @param prefix of all keys
     * @param timeToLive since the last use
     * @param timeout of each operation
     */
    public RedisStateStore(Redis redis, String prefix, Duration timeToLive, Duration timeout) {
        this.line = new RedisLine(redis, timeout);
        this.prefix = prefix;
        this.timeToLive = bytes(Long.toString(Math.max(1, timeToLive.toMillis())));
        this.timeout = timeout;
    }

    @Override
    public Uni<Void> put(Map<String, byte[]> entries) {
        if (entries.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        List<byte[]> arguments = new ArrayList<>(entries.size() + 1);
        arguments.add(timeToLive);
        arguments.addAll(entries.values());
        return run(RedisScript.PUT, entries.keySet(), arguments).replaceWithVoid();
    }

    @Override
    public Uni<Optional<byte[]>> get(String key) {
        return getAll(List.of(key)).map(found -> Optional.ofNullable(found.get(key)));
    }

    @Override
    public Uni<Map<String, byte[]>> getAll(Collection<String> keys) {
        Collection<String> each = new LinkedHashSet<>(keys);
        if (each.isEmpty()) {
            return Uni.createFrom().item(Map.of());
        }
        return run(RedisScript.GET, each, List.of(timeToLive)).map(values -> {
            Map<String, byte[]> found = new LinkedHashMap<>();
            int i = 0;
            for (String key : each) {
                Response value = values.get(i++);
                if (value != null) {
                    found.put(key, value.toBytes());
                }
            }
            return found;
        });
    }

    @Override
    public Uni<Void> delete(Collection<String> keys) {
        if (keys.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return call(redis -> {
            Request delete = Request.cmd(Command.DEL);
            keys(keys).forEach(delete::arg);
            return redis.send(delete);
        }).replaceWithVoid();
    }

    @Override
    public Uni<Boolean> replace(String key, Optional<byte[]> expected, byte[] value) {
        List<byte[]> arguments = new ArrayList<>(List.of(timeToLive, value));
        expected.ifPresent(arguments::add);
        return run(RedisScript.REPLACE, List.of(key), arguments).map(answer -> answer.toLong() == 1);
    }

    private Uni<Response> run(RedisScript script, Collection<String> keys, List<byte[]> arguments) {
        for (byte[] argument : arguments) {
            if (argument.length > LONGEST_VALUE) {
                return Uni.createFrom().failure(() -> new StoreException(StoreException.Reason.TOO_LARGE,
                        "A value of " + argument.length + " bytes is too large for Redis, which takes " + LONGEST_VALUE));
            }
        }
        List<byte[]> names = keys(keys);
        return call(redis -> redis.send(script.byDigest(names, arguments))
                .recover(failure -> failure instanceof ErrorType error && error.is("NOSCRIPT")
                        ? redis.send(script.bySource(names, arguments))
                        : Future.failedFuture(failure)));
    }

    private Uni<Response> call(RedisLine.Operation operation) {
        return line.call(operation).invoke(outages::works).onFailure().transform(failure -> {
            outages.fails(failure);
            return new StoreException(StoreException.Reason.UNAVAILABLE, "The store of responses does not work at present");
        });
    }

    private List<byte[]> keys(Collection<String> keys) {
        List<byte[]> names = new ArrayList<>(keys.size());
        keys.forEach(key -> names.add(bytes(prefix + key)));
        return names;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String describe() {
        return "Redis, keys with " + prefix + ", answers within " + timeout;
    }
}
