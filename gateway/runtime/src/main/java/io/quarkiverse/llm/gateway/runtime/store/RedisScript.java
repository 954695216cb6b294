package io.quarkiverse.llm.gateway.runtime.store;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;

/**
 * What Redis does in one step, with nobody's command in between. A script is a single command however many keys it has, so that
 * any number of them takes one round trip and one place in the client's queue of answers. Redis runs it whole or, where it may
 * not write (full, a replica, a broken disk), stops it at the first write.
 */
enum RedisScript {

    /** Arguments: time to live, then a value for each key. */
    PUT("""
            for i = 1, #KEYS do
              redis.call('SET', KEYS[i], ARGV[i + 1], 'PX', ARGV[1])
            end"""),

    /** Argument: time to live, which begins anew. Answers with a value, or nothing, for each key. */
    GET("""
            local values = {}
            for i = 1, #KEYS do
              values[i] = redis.call('GET', KEYS[i])
              if values[i] then redis.call('PEXPIRE', KEYS[i], ARGV[1]) end
            end
            return values"""),

    /** Arguments: time to live, new value, and the expected one unless there should be none. Answers with 1 if it wrote. */
    REPLACE("""
            local there = redis.call('GET', KEYS[1])
            if there ~= (ARGV[3] or false) then return 0 end
            redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[1])
            return 1""");

    private final String source;
    private final String digest;

    RedisScript(String source) {
        this.source = source;
        try {
            this.digest = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1")
                    .digest(source.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Each Java has SHA-1", e);
        }
    }

    /** For a Redis that knows the script already. */
    Request byDigest(List<byte[]> keys, List<byte[]> arguments) {
        return request(Request.cmd(Command.EVALSHA).arg(digest), keys, arguments);
    }

    /** For one that does not, and knows it from then on. */
    Request bySource(List<byte[]> keys, List<byte[]> arguments) {
        return request(Request.cmd(Command.EVAL).arg(source), keys, arguments);
    }

    private static Request request(Request request, List<byte[]> keys, List<byte[]> arguments) {
        request.arg(keys.size());
        keys.forEach(request::arg);
        arguments.forEach(request::arg);
        return request;
    }
}
