package io.quarkiverse.llm.runtime.transport;

import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.TimeUnit;

import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpVersion;

/**
 * Counts the streams that were reset on each HTTP/2 connection, and lets a connection finish its other streams and go when
 * they become many. Netty closes a connection, with every stream on it, that sends more than 200 resets within 30 seconds: a
 * guard for servers (CVE-2025-55163) that the client of Vert.x 4.5 cannot switch off. Thread-safe.
 */
final class Http2Resets {

    private static final int MOST = 100;
    /** Long enough for any stream; the connection closes when the last one has ended. */
    private static final long FINISHING_HOURS = 24;

    private final Map<HttpConnection, Integer> counts = Collections.synchronizedMap(new WeakHashMap<>());

    /** To be called for each request that is reset. */
    void count(HttpClientRequest request) {
        if (request.version() != HttpVersion.HTTP_2) {
            return;
        }
        HttpConnection connection = request.connection();
        if (counts.merge(connection, 1, Integer::sum) == MOST) {
            connection.shutdown(FINISHING_HOURS, TimeUnit.HOURS);
        }
    }
}
