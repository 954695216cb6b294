package io.quarkiverse.llm.gateway.runtime.answer;

import java.time.Duration;

/**
 * How long a client waits for signs.
 *
 * @param commitAfterMillis until a streamed answer begins although nothing is known of it
 * @param keepAliveNanos until a silent one shows that it lives
 * @param writeNanos that it may take nothing while there is something for it
 * @param store how long the end of an answer waits until it is kept
 */
public record GatewayTimes(long commitAfterMillis, long keepAliveNanos, long writeNanos, Duration store) {

    public static GatewayTimes of(Duration commitAfter, Duration keepAlive, Duration writeTimeout, Duration store) {
        return new GatewayTimes(Math.max(1, commitAfter.toMillis()), keepAlive.toNanos(), writeTimeout.toNanos(), store);
    }
}
